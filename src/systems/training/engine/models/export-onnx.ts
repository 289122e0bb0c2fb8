import { float32, GraphBuilder, softmax } from "../../../../graph/index.ts";
import { featuresOf, imagesInput, type ModelPlan } from "./forward.ts";
import { Layers } from "./layers.ts";
import type { ExportFacts, Weights } from "./model.ts";

/** What `ModelDefinition.exportOnnx` describes: pictures in, probabilities out, a fixed backbone included. */
export function exportOnnx(plan: ModelPlan, weights: Weights, facts: ExportFacts): Uint8Array {
  const { choice, architecture } = plan;
  const graph = new GraphBuilder(`${choice.framework}-${choice.name}`);
  const layers = new Layers({
    training: false,
    supply({ name, shape }) {
      const data = weights.get(name);
      if (data === undefined) throw new RangeError(`there is no weight "${name}"`);
      return graph.constant(float32(shape, data), name);
    },
  });
  // Built for one picture: no step depends on the batch, so the file takes any.
  const features = featuresOf(plan, imagesInput(graph, plan, 1), layers);
  const logits = architecture.head(features, layers, choice.numClasses);
  graph.output("logits", logits);
  graph.output("probabilities", softmax(logits));
  return graph.build({ metadata: metadataOf(plan, facts), anyBatch: true }).bytes;
}

/** Texts of the file's `metadata_props`: lists are JSON. */
function metadataOf({ choice }: ModelPlan, facts: ExportFacts): Record<string, string> {
  const { imageSize, resizeMode, mean, std } = facts.preprocessing;
  return {
    classes: JSON.stringify(facts.classes),
    image_size: String(imageSize),
    resize_mode: resizeMode,
    mean: JSON.stringify(mean),
    std: JSON.stringify(std),
    framework: choice.framework,
    model_name: choice.name,
    task_type: "image_classification",
    epoch: String(facts.epoch),
    ...(facts.metric === null
      ? {}
      : { metric_name: facts.metric.name, metric_value: String(facts.metric.value) }),
    quatrain_version: facts.version,
  };
}

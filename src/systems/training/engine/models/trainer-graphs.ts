import {
  GraphBuilder,
  type GraphModel,
  gradients,
  softCrossEntropy,
  type Value,
} from "../../../../graph/index.ts";
import { featuresOf, imagesInput, logitsOf, type ModelPlan, trainerInput } from "./forward.ts";
import { Layers, weightInputs } from "./layers.ts";
import type { NamedShape } from "./model.ts";

/** What `ModelDefinition.trainingGraph` describes. */
export function trainingGraph(
  plan: ModelPlan,
  { batch, featureDim, trained }: { batch: number; featureDim: number; trained: readonly NamedShape[] },
): GraphModel {
  const graph = new GraphBuilder(graphName(plan, "training"));
  const weights = new Map<string, Value>();
  const input = weightInputs(graph);
  const layers = new Layers({
    training: true,
    supply(weight) {
      const value = input(weight);
      weights.set(weight.name, value);
      return value;
    },
  });
  const logits = logitsOf(plan, trainerInput(graph, plan, batch, featureDim), layers);
  const targets = graph.input("targets", "float32", [batch, plan.choice.numClasses]);
  const loss = softCrossEntropy(logits, targets);
  graph.output("loss", loss);
  graph.output("logits", logits);
  for (const { name, mean, variance } of layers.moments) {
    graph.output(`mean/${name}`, mean);
    graph.output(`variance/${name}`, variance);
  }
  const of = trained.map(({ name }) => weights.get(name)).filter((value) => value !== undefined);
  gradients(loss, of).forEach((gradient, index) => {
    graph.output(`grad/${of[index]?.name}`, gradient);
  });
  return graph.build();
}

/** What `ModelDefinition.evaluationGraph` describes. */
export function evaluationGraph(plan: ModelPlan, batch: number, featureDim: number): GraphModel {
  const graph = new GraphBuilder(graphName(plan, "evaluation"));
  const layers = new Layers({ training: false, supply: weightInputs(graph) });
  graph.output("logits", logitsOf(plan, trainerInput(graph, plan, batch, featureDim), layers));
  return graph.build();
}

/** What `ModelDefinition.featureGraph` describes. */
export function featureGraph(plan: ModelPlan, batch: number): GraphModel {
  const graph = new GraphBuilder(graphName(plan, "features"));
  const layers = new Layers({ training: false, supply: weightInputs(graph) });
  graph.output("features", featuresOf(plan, imagesInput(graph, plan, batch), layers));
  return graph.build();
}

function graphName({ choice }: ModelPlan, use: string): string {
  return `${choice.framework}-${choice.name}-${use}`;
}

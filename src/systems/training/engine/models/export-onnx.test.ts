import { describe, expect, it } from "vitest";
import { ModelProto } from "../../../../graph/onnx-schema.ts";
import { outputOf } from "../../../../ml/runtime/numeric-runtime.ts";
import { openSession } from "../../../../ml/runtime/onnx-session.ts";
import { listModels } from "./catalogue.ts";
import { choiceFor, drawnImages, runModel } from "./drawn-weights.ts";
import type { ExportFacts, ModelDefinition, Weights } from "./model.ts";
import { openModel } from "./open-model.ts";

const FACTS: ExportFacts = {
  classes: ["ähnlich", 'a "b"', "c"],
  preprocessing: { imageSize: 32, resizeMode: "pad", mean: [0.5, 0.4, 0.3], std: [0.2, 0.25, 0.3] },
  epoch: 12,
  metric: { name: "accuracy", value: 0.875 },
  version: "1.2.3",
};
const choice = (name: string) =>
  choiceFor(name, {
    imageSize: 32,
    numClasses: 3,
    mean: FACTS.preprocessing.mean,
    std: FACTS.preprocessing.std,
  });

async function evaluated(model: ModelDefinition, weights: Weights, batch: number) {
  const images = drawnImages(batch, 32);
  const features = model.featureGraph(batch);
  if (features === null) return runModel(model.evaluationGraph(batch), weights, { images });
  const row = outputOf(await runModel(features, weights, { images }), "features", "float32");
  return runModel(model.evaluationGraph(batch), weights, { features: row });
}

// resnet34 is made of resnet18's parts.
describe.each(
  listModels()
    .map(({ name }) => name)
    .filter((name) => name !== "resnet34"),
)("%s as a file", (name) => {
  it("answers as the evaluation graph does, for any batch", async () => {
    const model = openModel(choice(name));
    const weights = model.initialWeights(5);
    const session = await openSession(model.exportOnnx(weights, FACTS), { intraOpThreads: 1 });
    for (const batch of [1, 3]) {
      const outputs = await session.run({ images: drawnImages(batch, 32) });
      const logits = outputOf(await evaluated(model, weights, batch), "logits", "float32");
      const found = outputOf(outputs, "logits", "float32");
      expect(found.shape).toEqual([batch, 3]);
      const scale = Math.max(1, ...logits.data.map(Math.abs));
      found.data.forEach((logit, at) => {
        expect(Math.abs(logit - (logits.data[at] ?? 0)) / scale).toBeLessThan(1e-4);
      });
      const probabilities = outputOf(outputs, "probabilities", "float32").data;
      expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(batch, 5);
    }
    await session.release();
  });
});

describe("a file", () => {
  const model = openModel(choice("tiny"));

  it("tells labels, preprocessing and where it comes from", () => {
    const bytes = model.exportOnnx(model.initialWeights(1), FACTS);
    const { metadata_props: texts } = ModelProto.toObject(ModelProto.decode(bytes));
    const pairs = (texts as { key: string; value: string }[]).map(({ key, value }) => [key, value]);
    expect(Object.fromEntries(pairs)).toEqual({
      classes: '["ähnlich","a \\"b\\"","c"]',
      image_size: "32",
      resize_mode: "pad",
      mean: "[0.5,0.4,0.3]",
      std: "[0.2,0.25,0.3]",
      framework: "quatrain",
      model_name: "tiny",
      task_type: "image_classification",
      epoch: "12",
      metric_name: "accuracy",
      metric_value: "0.875",
      quatrain_version: "1.2.3",
    });
  });

  it("names its weights as the model does", () => {
    const file = ModelProto.toObject(ModelProto.decode(model.exportOnnx(model.initialWeights(1), FACTS)));
    const stored = (file.graph.initializer as { name: string }[]).map((tensor) => tensor.name);
    for (const { name } of [...model.parameters, ...model.buffers]) expect(stored).toContain(name);
  });

  it("is not written without all of its weights", () => {
    const weights = model.initialWeights(1);
    weights.delete("fc.bias");
    expect(() => model.exportOnnx(weights, FACTS)).toThrow('no weight "fc.bias"');
    weights.set("fc.bias", new Float32Array(2));
    expect(() => model.exportOnnx(weights, FACTS)).toThrow(RangeError);
  });
});

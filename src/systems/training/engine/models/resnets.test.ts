import { describe, expect, it } from "vitest";
import reference from "../../../../../tests/vectors/resnet.json" with { type: "json" };
import { float32 } from "../../../../graph/index.ts";
import { type NamedTensors, outputOf } from "../../../../ml/runtime/numeric-runtime.ts";
import { allWeights, choiceFor, drawnImages, drawnWeights, runModel } from "./drawn-weights.ts";
import type { NamedShape } from "./model.ts";
import { openModel } from "./open-model.ts";

const { classes, size, batch } = reference;
const images = drawnImages(batch, size);
/** Label i of picture i, as one-hot rows over the batch. */
const targets = float32(
  [batch, classes],
  Array.from({ length: batch * classes }, (_, at) =>
    at % classes === Math.floor(at / classes) ? 1 / batch : 0,
  ),
);

interface Sampled {
  readonly norm: number;
  readonly entries: readonly number[];
}

/** `conv1.weight [64, 3, 7, 7]` */
function parsed(text: string): NamedShape {
  const [name = "", shape = "[]"] = text.split(/ (?=\[)/);
  return { name, shape: JSON.parse(shape) };
}

/** Norm and entries within a share of the norm: float32 against float64. */
function expectLike(data: Float32Array, { norm, entries }: Sampled, share: number, name: string) {
  const at = [0, Math.floor(data.length / 3), data.length - 1];
  const found = Math.hypot(...[...blocks(data)].map((block) => Math.hypot(...block)));
  expect(Math.abs(found - norm), `${name}: norm ${found}, expected ${norm}`).toBeLessThan(share * norm);
  for (const [index, entry] of entries.entries())
    expect(Math.abs((data[at[index] ?? 0] ?? 0) - entry), `${name}[${at[index]}]`).toBeLessThan(share * norm);
}

function expectLogits(outputs: NamedTensors, expected: readonly number[]) {
  const { data } = outputOf(outputs, "logits", "float32");
  const scale = Math.max(...expected.map(Math.abs));
  expect(data.length).toBe(expected.length);
  for (const [at, logit] of expected.entries())
    expect(Math.abs((data[at] ?? 0) - logit), `logit ${at}`).toBeLessThan(1e-5 * scale);
}

function* blocks(data: Float32Array) {
  for (let start = 0; start < data.length; start += 10_000) yield data.subarray(start, start + 10_000);
}

describe.each(["resnet18", "resnet34", "resnet50"] as const)("%s", (name) => {
  const expected = reference.models[name];
  const inOrder = expected.weights.map(parsed);

  it("has torchvision's names and shapes", () => {
    const model = openModel(choiceFor(name));
    const sorted = (weights: readonly NamedShape[]) =>
      [...weights].sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(sorted(allWeights(model))).toEqual(sorted(inOrder));
  });

  it("answers as torchvision's with stored statistics", async () => {
    const graph = openModel(choiceFor(name)).evaluationGraph(batch);
    expectLogits(await runModel(graph, drawnWeights(inOrder), { images }), expected.evaluation.logits);
  });
});

it("a frozen resnet18 learns its head alone, with stored statistics", async () => {
  const { weights, evaluation } = reference.models.resnet18;
  const model = openModel(choiceFor("resnet18", { frozen: true }));
  const graph = model.trainingGraph(batch);
  const outputs = await runModel(graph, drawnWeights(weights.map(parsed)), { images, targets });
  expectLogits(outputs, evaluation.logits);
  expect(outputOf(outputs, "loss", "float32").data[0]).toBeCloseTo(evaluation.loss, 4);
  expect(model.parameters.map(({ name }) => name)).toEqual(["fc.weight", "fc.bias"]);
  expect(model.statistics).toEqual([]);
  for (const [parameter, sampled] of Object.entries(evaluation.gradients))
    expectLike(outputOf(outputs, `grad/${parameter}`, "float32").data, sampled, 1e-5, parameter);
});

it("resnet18 trains as torchvision's: logits, loss, every gradient, running statistics", async () => {
  const { weights: names, training, statistics } = reference.models.resnet18;
  const model = openModel(choiceFor("resnet18"));
  const weights = drawnWeights(names.map(parsed));
  const outputs = await runModel(model.trainingGraph(batch), weights, { images, targets });
  expectLogits(outputs, training.logits);
  expect(outputOf(outputs, "loss", "float32").data[0]).toBeCloseTo(training.loss, 5);
  expect(model.parameters.map(({ name }) => name).sort()).toEqual(Object.keys(training.gradients).sort());
  for (const [name, sampled] of Object.entries(training.gradients))
    expectLike(outputOf(outputs, `grad/${name}`, "float32").data, sampled, 1e-5, name);
  expect(model.statistics.map(({ buffer }) => buffer).sort()).toEqual(Object.keys(statistics).sort());
  for (const { output, buffer } of model.statistics) {
    const batchStatistic = outputOf(outputs, output, "float32").data;
    const updated = weights.get(buffer)?.map((old, at) => 0.9 * old + 0.1 * (batchStatistic[at] ?? 0));
    const sampled: Sampled | undefined = (statistics as Record<string, Sampled>)[buffer];
    if (updated === undefined || sampled === undefined) throw new Error(`nothing of "${buffer}"`);
    expectLike(updated, sampled, 1e-5, buffer);
  }
});

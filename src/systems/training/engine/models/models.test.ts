import { describe, expect, it } from "vitest";
import { float32 } from "../../../../graph/index.ts";
import { type NamedTensors, outputOf } from "../../../../ml/runtime/numeric-runtime.ts";
import { CATALOGUE, listModels } from "./catalogue.ts";
import { allWeights, choiceFor, digestOf, drawnImages, elements, runModel } from "./drawn-weights.ts";
import type { Weights } from "./model.ts";
import { openModel } from "./open-model.ts";

describe.each(listModels().map((facts) => [facts.name, facts] as const))("%s", (name, facts) => {
  it("says how many numbers it trains", () => {
    const numClasses = facts.framework === "timm" ? 1000 : 10;
    const { parameters } = openModel(choiceFor(name, { numClasses, imageSize: facts.defaultImageSize }));
    const count = parameters.reduce((sum, { shape }) => sum + elements(shape), 0);
    expect(facts.parameterCount).toBe(count);
  });

  it("names every weight once, and gives all of them numbers", () => {
    const model = openModel(choiceFor(name));
    const sizes = [...model.initialWeights(7)].map(([weight, { length }]) => [weight, length]);
    const expected = allWeights(model).map((weight) => [weight.name, elements(weight.shape)]);
    expect(sizes.sort()).toEqual(expected.sort());
  });

  it("takes its smallest picture", () => {
    expect(() =>
      openModel(choiceFor(name, { imageSize: facts.imageSizes.min })).evaluationGraph(1),
    ).not.toThrow();
  });

  it("refuses pictures that it does not suit, and says which do", () => {
    const { min, max, multipleOf } = facts.imageSizes;
    const wrong = [min - multipleOf, max + multipleOf, min + 0.5];
    for (const imageSize of multipleOf === 1 ? wrong : [...wrong, min + 1])
      expect(() => openModel(choiceFor(name, { imageSize }))).toThrow(
        expect.objectContaining({
          code: "image_size_unsuited",
          message: expect.stringContaining(`${min} to ${max} px`),
        }),
      );
  });
});

const OWN = CATALOGUE.filter(({ facts }) => facts.framework === "quatrain").map(({ facts }) => facts.name);

describe.each(OWN)("%s as a graph", (name) => {
  const choice = choiceFor(name, { imageSize: 32, numClasses: 3 });
  const model = openModel(choice);
  const images = drawnImages(4, 32);
  const targets = float32(
    [4, 3],
    [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0].map((value) => value / 4),
  );

  async function inputs(): Promise<NamedTensors> {
    const features = model.featureGraph(4);
    if (features === null) return { images };
    return { features: outputOf(await runModel(features, new Map(), { images }), "features", "float32") };
  }

  it("is the same bytes for the same choice, and others for another", () => {
    const again = openModel({ ...choice });
    expect(again.trainingGraph(4).hash).toBe(model.trainingGraph(4).hash);
    expect(again.evaluationGraph(4).hash).toBe(model.evaluationGraph(4).hash);
    expect(again.featureGraph(4)?.hash).toBe(model.featureGraph(4)?.hash);
    expect(model.trainingGraph(5).hash).not.toBe(model.trainingGraph(4).hash);
  });

  it("begins with numbers that the seed fixes", () => {
    expect(digestOf(model.initialWeights(7))).toBe(digestOf(model.initialWeights(7)));
    expect(digestOf(model.initialWeights(8))).not.toBe(digestOf(model.initialWeights(7)));
  });

  it("yields a gradient for each parameter, and the loss falls along it as steeply as it says", async () => {
    const weights = model.initialWeights(3);
    const graph = model.trainingGraph(4);
    const feeds = { ...(await inputs()), targets };
    const here = await runModel(graph, weights, feeds);
    const gradients = new Map(
      model.parameters.map(({ name: parameter, shape }) => {
        const gradient = outputOf(here, `grad/${parameter}`, "float32");
        expect(gradient.shape).toEqual(shape);
        return [parameter, gradient.data] as const;
      }),
    );
    const squares = [...gradients.values()].reduce(
      (sum, data) => data.reduce((all, g) => all + g * g, sum),
      0,
    );
    const promised = 0.002;
    const lossAt = async (rate: number) =>
      lossOf(await runModel(graph, moved(weights, gradients, rate), feeds));
    const fall = (await lossAt(-promised / squares)) - (await lossAt(promised / squares));
    expect(fall / (2 * promised)).toBeCloseTo(1, 1);
  });

  it("learns its head alone when frozen", () => {
    const frozen = openModel({ ...choice, frozen: true });
    expect(frozen.parameters.every((parameter) => parameter.name.startsWith("fc"))).toBe(true);
    expect(frozen.statistics).toEqual([]);
    const outputs = frozen.trainingGraph(1).outputs.map((output) => output.name);
    expect(outputs).toEqual(["loss", "logits", ...frozen.parameters.map((p) => `grad/${p.name}`)]);
  });
});

/** The weights after a step of plain gradient descent. */
function moved(weights: Weights, gradients: Weights, rate: number): Weights {
  return new Map(
    [...weights].map(([name, values]) => {
      const gradient = gradients.get(name);
      return [name, values.map((value, at) => value - rate * (gradient?.[at] ?? 0))];
    }),
  );
}

function lossOf(outputs: Awaited<ReturnType<typeof runModel>>): number {
  return outputOf(outputs, "loss", "float32").data[0] ?? Number.NaN;
}

it("a model that there is not is refused", () => {
  expect(() => openModel(choiceFor("huge"))).toThrow(expect.objectContaining({ code: "model_unknown" }));
  expect(() => openModel(choiceFor("tiny", { numClasses: 0 }))).toThrow(RangeError);
});

it("a batch norm that would see one value per channel is refused", () => {
  const model = openModel(choiceFor("resnet18", { imageSize: 32 }));
  expect(() => model.trainingGraph(1)).toThrow("needs more than one value per channel");
  expect(() => model.trainingGraph(2)).not.toThrow();
});

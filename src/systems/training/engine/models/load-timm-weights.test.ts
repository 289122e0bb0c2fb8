import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type StoredTensor, writeSafetensors } from "../../../../ml/weights/safetensors.ts";
import { storedNumbers } from "../../../../ml/weights/stored-numbers.ts";
import { allWeights, choiceFor, digestOf, drawnWeights, elements } from "./drawn-weights.ts";
import { loadTimmWeights } from "./load-timm-weights.ts";
import type { NamedShape, Weights } from "./model.ts";
import { openModel } from "./open-model.ts";

const stored = ({ shape }: NamedShape, data: Float32Array): StoredTensor => ({
  type: "F32",
  shape,
  bytes: new Uint8Array(data.buffer),
});
const sixteen = (type: "BF16" | "F16", shape: readonly number[], bits: number): StoredTensor => ({
  type,
  shape,
  bytes: new Uint8Array(Uint16Array.from({ length: elements(shape) }, () => bits).buffer),
});

function file(weights: readonly NamedShape[], numbers: Weights, change?: (all: Tensors) => void): Uint8Array {
  const tensors: Tensors = new Map(
    weights.map((weight) => [weight.name, stored(weight, numbers.get(weight.name) ?? new Float32Array())]),
  );
  // timm and torchvision count the batches that a batch norm has seen
  tensors.set("bn1.num_batches_tracked", { type: "I64", shape: [], bytes: new Uint8Array(8) });
  change?.(tensors);
  return writeSafetensors({ tensors, metadata: { format: "pt" } });
}
type Tensors = Map<string, StoredTensor>;

it("resnet18 takes the weights of a resnet18 for other classes, all but the head", () => {
  const model = openModel(choiceFor("resnet18", { numClasses: 3 }));
  const published = allWeights(openModel(choiceFor("resnet18", { numClasses: 1000 })));
  const numbers = drawnWeights(published);
  const weights = model.initialWeights(1);
  const fresh = weights.get("fc.weight")?.slice();
  const { loaded, missing, mismatched } = loadTimmWeights(file(published, numbers), model, weights);
  expect(missing).toEqual([]);
  expect(mismatched).toEqual(["fc.weight", "fc.bias"]);
  expect(loaded.length).toBe(allWeights(model).length - 2);
  const chosen = (all: Weights) =>
    digestOf(new Map(loaded.map((name) => [name, all.get(name) ?? new Float32Array()])));
  expect(chosen(weights)).toBe(chosen(numbers));
  expect(weights.get("fc.weight")).toEqual(fresh);
});

/** A network as small as a test can be, with a part that is frozen. */
const network = {
  choice: choiceFor("resnet18"),
  parameters: [
    { name: "bn1.bias", shape: [4] },
    { name: "fc.weight", shape: [3, 4] },
    { name: "fc.bias", shape: [3] },
  ],
  frozenParameters: [{ name: "conv1.weight", shape: [4, 3, 1, 1] }],
  buffers: [{ name: "bn1.running_var", shape: [4] }],
};
const parts = [...network.parameters, ...network.frozenParameters, ...network.buffers];
const numbers = drawnWeights(parts);
const zeros = () => new Map(parts.map(({ name, shape }) => [name, new Float32Array(elements(shape))]));

describe("a file", () => {
  it("for the same classes is taken whole", () => {
    const weights = zeros();
    expect(loadTimmWeights(file(parts, numbers), network, weights)).toEqual({
      loaded: parts.map(({ name }) => name),
      missing: [],
      mismatched: [],
    });
    expect(weights).toEqual(numbers);
  });

  it("without a head is taken, and in half precision", () => {
    const weights = zeros();
    const bytes = file(parts, numbers, (tensors) => {
      for (const name of ["fc.weight", "fc.bias"]) tensors.delete(name);
      tensors.set("bn1.bias", sixteen("BF16", [4], 0x3fc0));
      tensors.set("bn1.running_var", sixteen("F16", [4], 0x4100));
    });
    expect(loadTimmWeights(bytes, network, weights).missing).toEqual(["fc.weight", "fc.bias"]);
    expect(weights.get("bn1.bias")).toEqual(new Float32Array(4).fill(1.5));
    expect(weights.get("bn1.running_var")).toEqual(new Float32Array(4).fill(2.5));
  });

  it("is read from any place in memory", () => {
    const bytes = file(parts, numbers);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    const weights = zeros();
    loadTimmWeights(shifted.subarray(1), network, weights);
    expect(weights).toEqual(numbers);
  });

  it.each<[string, (tensors: Tensors) => void, string]>([
    ["a layer is missing", (tensors) => tensors.delete("bn1.running_var"), '"bn1.running_var" is missing'],
    [
      "a layer has another shape",
      (tensors) => tensors.set("conv1.weight", sixteen("BF16", [4, 1, 1, 1], 0)),
      '"conv1.weight" is of another shape',
    ],
    [
      "a number is not finite",
      (tensors) => tensors.set("bn1.bias", sixteen("BF16", [4], 0x7fc0)),
      "not finite",
    ],
    [
      "a layer holds integers",
      (tensors) => tensors.set("bn1.bias", { ...sixteen("BF16", [4], 0), type: "I16" }),
      "of type I16",
    ],
  ])("is refused, and nothing changed, when %s", (_, change, problem) => {
    const weights = zeros();
    expect(() => loadTimmWeights(file(parts, numbers, change), network, weights)).toThrow(
      expect.objectContaining({ code: "weights_do_not_fit", message: expect.stringContaining(problem) }),
    );
    expect(weights).toEqual(zeros());
  });

  it("is refused when it is damaged", () => {
    expect(() => loadTimmWeights(file(parts, numbers).subarray(0, -1), network, zeros())).toThrow(
      expect.objectContaining({ code: "weights_unreadable" }),
    );
  });
});

describe("half precision", () => {
  const read = (type: "F16" | "BF16", bits: number) => storedNumbers(sixteen(type, [1], bits))?.[0];

  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0xc000, -2],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ])("%i as binary16 is %d", (bits, value) => {
    expect(read("F16", bits)).toBe(value);
  });

  it("bfloat16 is a float32 without its lower half", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => {
        const whole = new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;
        const cut = new Float32Array(Uint32Array.of(whole & 0xffff0000).buffer)[0];
        expect(read("BF16", whole >>> 16)).toBe(cut);
      }),
    );
  });
});

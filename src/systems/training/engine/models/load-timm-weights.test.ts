import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type StoredTensor, writeSafetensors } from "../../../../ml/weights/safetensors.ts";
import { allWeights, choiceFor, drawnWeights } from "./drawn-weights.ts";
import { loadTimmWeights } from "./load-timm-weights.ts";
import type { NamedShape } from "./model.ts";
import { openModel } from "./open-model.ts";
import { storedNumbers } from "./stored-numbers.ts";

const model = openModel(choiceFor("resnet18", { numClasses: 3 }));
const published = drawnWeights(allWeights(openModel(choiceFor("resnet18", { numClasses: 1000 }))));
const shapes = new Map(
  allWeights(openModel(choiceFor("resnet18", { numClasses: 1000 }))).map(({ name, shape }) => [name, shape]),
);

/** A file as timm publishes it, with batch norms' counters; `change` may spoil it. */
function file(change: (tensors: Map<string, StoredTensor>) => void = () => {}): Uint8Array {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, data] of published)
    tensors.set(name, { type: "F32", shape: shapes.get(name) ?? [], bytes: new Uint8Array(data.buffer) });
  tensors.set("bn1.num_batches_tracked", { type: "I64", shape: [], bytes: new Uint8Array(8) });
  change(tensors);
  return writeSafetensors({ tensors, metadata: { format: "pt" } });
}

const fill = (shape: NamedShape["shape"], bits: number): StoredTensor => ({
  type: "BF16",
  shape,
  bytes: new Uint8Array(Uint16Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => bits).buffer),
});

describe("weights of the same model for other classes", () => {
  it("are taken, all but the head", () => {
    const weights = model.initialWeights(1);
    const fresh = weights.get("fc.weight")?.slice();
    const { loaded, missing, mismatched } = loadTimmWeights(file(), model, weights);
    expect(missing).toEqual([]);
    expect(mismatched).toEqual(["fc.weight", "fc.bias"]);
    expect(loaded.length).toBe(allWeights(model).length - 2);
    for (const name of loaded) expect(weights.get(name)).toEqual(published.get(name));
    expect(weights.get("fc.weight")).toEqual(fresh);
  });

  it("are taken without a head, and in half precision", () => {
    const weights = model.initialWeights(1);
    const bytes = file((tensors) => {
      for (const name of ["fc.weight", "fc.bias"]) tensors.delete(name);
      tensors.set("bn1.weight", fill([64], 0x3fc0));
    });
    expect(loadTimmWeights(bytes, model, weights).missing).toEqual(["fc.weight", "fc.bias"]);
    expect(weights.get("bn1.weight")).toEqual(new Float32Array(64).fill(1.5));
  });

  it("are taken from any place in memory", () => {
    const shifted = new Uint8Array(file().length + 1);
    shifted.set(file(), 1);
    const weights = model.initialWeights(1);
    loadTimmWeights(shifted.subarray(1), model, weights);
    expect(weights.get("conv1.weight")).toEqual(published.get("conv1.weight"));
  });
});

describe("a file is refused, and nothing changed,", () => {
  it.each<[string, (tensors: Map<string, StoredTensor>) => void, string]>([
    ["when a layer is missing", (tensors) => tensors.delete("layer3.0.bn2.running_var"), "running_var"],
    [
      "when a layer has another shape",
      (tensors) => tensors.set("bn1.bias", fill([32], 0)),
      '"bn1.bias" is of',
    ],
    ["when a number is not finite", (tensors) => tensors.set("bn1.bias", fill([64], 0x7fc0)), "not finite"],
    [
      "when a layer holds integers",
      (tensors) => tensors.set("bn1.bias", { ...fill([64], 0), type: "I16" }),
      "of type I16",
    ],
  ])("%s", (_, change, problem) => {
    const weights = model.initialWeights(1);
    expect(() => loadTimmWeights(file(change), model, weights)).toThrow(
      expect.objectContaining({ code: "weights_do_not_fit", message: expect.stringContaining(problem) }),
    );
    expect(weights).toEqual(model.initialWeights(1));
  });

  it("when it is damaged", () => {
    expect(() => loadTimmWeights(file().subarray(0, 1000), model, model.initialWeights(1))).toThrow(
      expect.objectContaining({ code: "weights_unreadable" }),
    );
  });
});

describe("half precision", () => {
  const view = (bits: number) => {
    const bytes = new Uint8Array(Uint16Array.of(bits).buffer);
    return {
      f16: storedNumbers({ type: "F16", bytes })?.[0],
      bf16: storedNumbers({ type: "BF16", bytes })?.[0],
    };
  };

  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0xc000, -2],
    [0xfc00, -Infinity],
    [0x7e00, Number.NaN],
  ])("%i as binary16 is %d", (bits, value) => {
    expect(view(bits).f16).toBe(value);
  });

  it("bfloat16 is a float32 without its lower half", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => {
        const whole = new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;
        const cut = new Float32Array(Uint32Array.of(whole & 0xffff0000).buffer)[0];
        expect(view(whole >>> 16).bf16).toBe(cut);
      }),
    );
  });
});

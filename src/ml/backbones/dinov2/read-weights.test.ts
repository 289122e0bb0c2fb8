import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawnDinoFile, drawnDinoWeights, storedFloats } from "../../../../tests/support/drawn-dinov2.ts";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import { type StoredTensor, writeSafetensors } from "../../weights/safetensors.ts";
import { storedNumbers } from "../../weights/stored-numbers.ts";
import type { DinoConfiguration } from "./configuration.ts";
import { readDinoWeights } from "./read-weights.ts";
import { weightShapes } from "./weights.ts";

const SMALL: DinoConfiguration = {
  id: "drawn",
  dim: 8,
  heads: 2,
  depth: 2,
  hidden: 16,
  registers: 0,
  patch: 14,
  trainedGrid: 3,
  taps: [0, 1],
};
const WITH_REGISTERS = { ...SMALL, registers: 4 };

type Tensors = Map<string, StoredTensor>;
const file = (tensors: Tensors) => writeSafetensors({ tensors, metadata: {} });
const numbers = (tensor: StoredTensor | undefined) => storedNumbers(tensor as StoredTensor) as Float32Array;

/** The same weights as Hugging Face stores them: own names, query, key and value apart, positions with the class. */
function asHuggingFace(configuration: DinoConfiguration, prefix = ""): Tensors {
  const drawn = drawnDinoWeights(configuration);
  const { dim, registers } = configuration;
  const turned: Tensors = new Map();
  for (const [name, tensor] of drawn) {
    if (name.includes(".attn.qkv.")) {
      const all = numbers(tensor);
      const third = all.length / 3;
      ["query", "key", "value"].forEach((part, at) => {
        const theirs = name.replace("attn.qkv", `attention.attention.${part}`);
        const shape = [dim, ...tensor.shape.slice(1)];
        turned.set(theirs, storedFloats(shape, all.slice(at * third, (at + 1) * third)));
      });
    } else if (registers > 0 && name === "cls_token") {
      turned.set(
        name,
        storedFloats(
          [1, 1, dim],
          numbers(tensor).map((value) => value - 0.25),
        ),
      );
    } else if (registers > 0 && name === "pos_embed") {
      const withClass = Float32Array.of(...new Array<number>(dim).fill(0.25), ...numbers(tensor));
      turned.set(name, storedFloats([1, 10, dim], withClass));
    } else turned.set(name, tensor);
  }
  const theirName = (name: string) =>
    prefix +
    name
      .replace("cls_token", "embeddings.cls_token")
      .replace("reg_token", "embeddings.register_tokens")
      .replace("pos_embed", "embeddings.position_embeddings")
      .replace("patch_embed.proj", "embeddings.patch_embeddings.projection")
      .replace("blocks.", "encoder.layer.")
      .replace("attn.proj", "attention.output.dense")
      .replace(/ls(\d)\.gamma/, "layer_scale$1.lambda1");
  const renamed = new Map([...turned].map(([name, tensor]) => [theirName(name), tensor] as const));
  return renamed.set(`${prefix}embeddings.mask_token`, storedFloats([1, dim], new Float32Array(dim)));
}

function all(configuration: DinoConfiguration, bytes: Uint8Array): number[][] {
  const weights = readDinoWeights(bytes, configuration);
  return weightShapes(configuration).map(({ name }) => [...weights.of(name)]);
}

function worstDifference(a: readonly number[][], b: readonly number[][]): number {
  const [ours, theirs] = [a.flat(), b.flat()];
  expect(ours.length).toBe(theirs.length);
  return Math.max(...ours.map((value, at) => Math.abs(value - (theirs[at] as number))));
}

function refusal(bytes: Uint8Array, configuration = SMALL): QuatrainError {
  try {
    readDinoWeights(bytes, configuration);
  } catch (error) {
    if (error instanceof QuatrainError) return error;
    throw error;
  }
  throw new Error("it was taken");
}

describe("weights are read by name", () => {
  const timm = all(SMALL, drawnDinoFile(SMALL));

  it("as timm writes them, whatever else the file holds", () => {
    const more = drawnDinoWeights(SMALL).set("norm.weight", storedFloats([8], new Float32Array(8)));
    expect(all(SMALL, file(more))).toEqual(timm);
  });

  it("as Hugging Face writes them, alone and inside a model with a head", () => {
    expect(all(SMALL, file(asHuggingFace(SMALL)))).toEqual(timm);
    expect(all(SMALL, file(asHuggingFace(SMALL, "dinov2.")))).toEqual(timm);
  });

  it("with registers: the class token's position becomes part of it, as in timm's files", () => {
    const own = all(WITH_REGISTERS, drawnDinoFile(WITH_REGISTERS));
    const theirs = all(WITH_REGISTERS, file(asHuggingFace(WITH_REGISTERS)));
    expect(worstDifference(theirs, own)).toBeLessThan(1e-6);
  });

  it("from half precision too", () => {
    const halves = new Map(
      [...drawnDinoWeights(SMALL)].map(([name, { shape, bytes }]) => {
        const floats = new Uint32Array(new Uint8Array(bytes).buffer);
        const upper = Uint16Array.from(floats, (bits) => bits >>> 16);
        return [name, { type: "BF16", shape, bytes: new Uint8Array(upper.buffer) } as StoredTensor] as const;
      }),
    );
    expect(worstDifference(all(SMALL, file(halves)), timm)).toBeLessThan(0.01);
  });
});

describe("a file that is not the model's is refused with the reason:", () => {
  const changed = (change: (tensors: Tensors) => unknown) => {
    const tensors = drawnDinoWeights(SMALL);
    change(tensors);
    return file(tensors);
  };

  it("a missing weight", () => {
    const error = refusal(changed((tensors) => tensors.delete("blocks.1.mlp.fc2.bias")));
    expect(error).toMatchObject({ code: "weights_do_not_fit", status: 422 });
    expect(error.message).toContain('"blocks.1.mlp.fc2.bias" is missing');
  });

  it("a missing part of Hugging Face's", () => {
    const tensors = asHuggingFace(SMALL);
    tensors.delete("encoder.layer.1.attention.attention.key.weight");
    expect(refusal(file(tensors)).message).toContain(
      '"encoder.layer.1.attention.attention.key.weight" is missing',
    );
  });

  it("a weight of another shape: another size of the model", () => {
    const error = refusal(drawnDinoFile({ ...SMALL, dim: 12, heads: 3, hidden: 48 }));
    expect(error.message).toContain('"cls_token" is [1,1,12], not [1,1,8]');
  });

  it("a type that holds no weights, and numbers that are not finite", () => {
    const integers = { type: "I32", shape: [8], bytes: new Uint8Array(32) } as const;
    expect(refusal(changed((tensors) => tensors.set("patch_embed.proj.bias", integers))).message).toContain(
      "of type I32",
    );
    const broken = storedFloats([8], new Float32Array(8).fill(Number.NaN));
    expect(refusal(changed((tensors) => tensors.set("patch_embed.proj.bias", broken))).message).toContain(
      "not finite",
    );
  });

  it("another network altogether", () => {
    const resnet = new Map([["conv1.weight", storedFloats([1], new Float32Array(1))]]);
    expect(refusal(file(resnet)).message).toContain("neither timm's names nor Hugging Face's");
  });

  it("whatever was cut off, and headers that lie about sizes", () => {
    const bytes = drawnDinoFile(SMALL);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(refusal(bytes.subarray(0, length)).code).toBe("weights_unreadable");
      }),
      { numRuns: 40 },
    );
    const huge = bytes.slice();
    new DataView(huge.buffer).setBigUint64(0, 2n ** 62n, true);
    expect(refusal(huge).code).toBe("weights_unreadable");
    const text = new TextDecoder("latin1").decode(bytes);
    const lying = Uint8Array.from(text.replace('"shape":[1,1,8]', '"shape":[9,9,9]'), (c) => c.charCodeAt(0));
    expect(refusal(lying).code).toBe("weights_unreadable");
  });
});

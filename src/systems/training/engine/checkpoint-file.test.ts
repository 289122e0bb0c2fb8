import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeSafetensors } from "../../../ml/weights/safetensors.ts";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import { type Checkpoint, predictionWeights } from "./checkpoint.ts";
import { decodeCheckpoint, encodeCheckpoint, isCheckpoint, readCheckpointFacts } from "./checkpoint-file.ts";

const shaped = (shape: number[], ...data: number[]) => ({ shape, data: Float32Array.from(data) });

const CHECKPOINT: Checkpoint = {
  facts: {
    formatVersion: 1,
    version: "1.2.3",
    framework: "quatrain",
    modelName: "cnn4",
    taskType: "image_classification",
    frozen: false,
    classes: ["고양이", "dog"],
    preprocessing: { imageSize: 32, resizeMode: "pad", mean: [0.1, 0.2, 0.3], std: [0.4, 0.5, 0.6] },
    epoch: 3,
    metric: { name: "accuracy", value: 1 / 3 },
  },
  progress: {
    mustMatch: { batch_size: 8, "optimizer.betas": [0.9, 0.999], classes: ["a"] },
    trainImages: 17,
    step: 2,
    sums: { pictures: 16, loss: 0.1 + 0.2, correct: 3, gradientNorm: 1e-300, seconds: 0.5 },
    optimiser: { step: 9 },
    schedule: { type: "none", epochsEnded: 3, plateau: null },
    judgedBy: { metric: "accuracy", mode: "max" },
    best: { value: 0.75, epoch: 2 },
    patience: { best: null, waited: 0 },
  },
  model: new Map([
    ["fc.weight", shaped([2, 2], 1, -2, 3e-40, 4)],
    ["bn.running_var", shaped([2], 5, 6)],
  ]),
  optimiser: new Map([["exp_avg/fc.weight", shaped([4], 0.1, 0.2, 0.3, 0.4)]]),
  average: new Map([["fc.weight", shaped([2, 2], 7, 8, 9, 10)]]),
};

const refusal = expect.objectContaining({ code: "checkpoint_unreadable", status: 422 });

describe("encodeCheckpoint and decodeCheckpoint", () => {
  it("give back every number to the bit", async () => {
    const read = await decodeCheckpoint(await encodeCheckpoint(CHECKPOINT));
    expect(read.facts).toEqual(CHECKPOINT.facts);
    expect(read.progress).toEqual(CHECKPOINT.progress);
    for (const part of ["model", "optimiser", "average"] as const)
      expect(new Map([...read[part]].sort())).toEqual(new Map([...CHECKPOINT[part]].sort()));
  });

  it("read it from the middle of a larger buffer", async () => {
    const bytes = await encodeCheckpoint(CHECKPOINT);
    const larger = Buffer.alloc(bytes.length + 8);
    larger.set(bytes, 3);
    const read = await decodeCheckpoint(larger.subarray(3, 3 + bytes.length));
    expect(read.model.get("fc.weight")).toEqual(CHECKPOINT.model.get("fc.weight"));
  });

  it("write the same bytes for the same checkpoint", async () => {
    expect(await encodeCheckpoint(CHECKPOINT)).toEqual(await encodeCheckpoint(CHECKPOINT));
  });

  it("refuse a file in which any byte that means something is another one", async () => {
    const sound = await encodeCheckpoint(CHECKPOINT);
    const padding = new TextDecoder("latin1").decode(sound).lastIndexOf("}") + 1;
    const isPadding = (at: number) => at >= padding && sound[at] === 0x20;
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        if (isPadding(at)) return;
        const damaged = sound.slice();
        damaged[at] = (damaged[at] ?? 0) ^ change;
        await expect(decodeCheckpoint(damaged)).rejects.toBeInstanceOf(QuatrainError);
      }),
      { numRuns: 300 },
    );
  });

  it("refuse a file that ends too early, at any place", async () => {
    const sound = await encodeCheckpoint(CHECKPOINT);
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), async (length) => {
        await expect(decodeCheckpoint(sound.subarray(0, length))).rejects.toEqual(refusal);
      }),
    );
  });

  it("refuse weights that are no checkpoint, and a description that this version does not know", async () => {
    const weights = writeSafetensors({ tensors: new Map(), metadata: {} });
    await expect(decodeCheckpoint(weights)).rejects.toThrow(/no checkpoint of Quatrain/);
    const later = {
      ...CHECKPOINT,
      facts: { ...CHECKPOINT.facts, formatVersion: 2 },
    } as unknown as Checkpoint;
    await expect(decodeCheckpoint(await encodeCheckpoint(later))).rejects.toThrow(/formatVersion/);
  });
});

describe("readCheckpointFacts", () => {
  it("tells what the weights are of", async () => {
    expect(readCheckpointFacts(await encodeCheckpoint(CHECKPOINT))).toEqual(CHECKPOINT.facts);
  });

  it("refuses what is no checkpoint", () => {
    expect(() => readCheckpointFacts(new Uint8Array(100))).toThrow(refusal);
  });
});

describe("isCheckpoint", () => {
  it("knows checkpoints from other files", async () => {
    expect(isCheckpoint(await encodeCheckpoint(CHECKPOINT))).toBe(true);
    expect(isCheckpoint(writeSafetensors({ tensors: new Map(), metadata: {} }))).toBe(false);
    expect(isCheckpoint(new Uint8Array(100))).toBe(false);
  });
});

describe("predictionWeights", () => {
  it("are the moving average where there is one", () => {
    const weights = predictionWeights(CHECKPOINT);
    expect(weights.get("fc.weight")?.[0]).toBe(7);
    expect(weights.get("bn.running_var")?.[0]).toBe(5);
    expect(predictionWeights({ ...CHECKPOINT, average: new Map() }).get("fc.weight")?.[0]).toBe(1);
  });
});

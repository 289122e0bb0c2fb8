import { readFile } from "node:fs/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { decodePicture } from "../../../ml/images/decode-picture.ts";
import { evaluate } from "../../../ml/runtime/compute.ts";
import { openThreadRuntime } from "../../../ml/runtime/thread-runtime.ts";
import type { ImageResult, TrainerImage } from "./port.ts";
import { exportCheckpoint, openPredictor } from "./predict.ts";
import { drawnImages, testConfig, testFolder, testLink, testTask } from "./trainer/testing.ts";
import { train } from "./trainer/train.ts";

const LIMITS = { maxBytes: 1e6, maxPixels: 1e6 };

/** A checkpoint of a short run, and how its validation pictures went. */
async function trained(modelName: string) {
  const images = await drawnImages(await testFolder(), 45);
  const link = testLink();
  const config = testConfig({
    modelName,
    freezeBackbone: modelName.startsWith("features"),
    epochs: 1,
    emaDecay: 0.5,
  });
  await train(await testTask(images, { config }), link);
  const validation = link.events.find((event) => event.type === "validation");
  const checkpoint = link.events.find((event) => event.type === "checkpoint");
  const lines = (await readFile(validation?.imagesFile ?? "", "utf8")).trim().split("\n");
  return {
    images,
    bytes: await readFile(checkpoint?.file ?? ""),
    sha256: checkpoint?.sha256 ?? "",
    results: lines.map((line): ImageResult => JSON.parse(line)),
  };
}

const pictureOf = async (images: readonly TrainerImage[], path: string) =>
  decodePicture(await readFile(images.find((image) => image.path === path)?.file ?? ""), LIMITS);

function openTestPredictor() {
  const runtime = openThreadRuntime({ intraOpThreads: 1 });
  onTestFinished(() => runtime.close());
  return openPredictor(runtime);
}

describe("openPredictor", () => {
  it.each(["cnn4", "features_linear"])("says of pictures what %s's validation said", async (modelName) => {
    const { images, bytes, sha256, results } = await trained(modelName);
    const pictures = await Promise.all(results.map(({ path }) => pictureOf(images, path)));
    const { facts, probabilities } = await openTestPredictor().predict(
      { sha256, read: async () => bytes },
      pictures,
    );
    expect(facts).toMatchObject({ modelName, classes: ["circles", "squares", "stripes"], epoch: 1 });
    for (const [at, { top }] of results.entries()) {
      for (const { label, confidence } of top) expect(probabilities[at]?.[label]).toBeCloseTo(confidence, 4);
    }
  });

  it("reads a checkpoint once while it is in use, and again after it could not be read", async () => {
    const { images, bytes, sha256, results } = await trained("cnn4");
    const pictures = [await pictureOf(images, results[0]?.path ?? "")];
    const predictor = openTestPredictor();
    let reads = 0;
    const read = async () => {
      if (++reads === 1) throw new Error("the store is away");
      return bytes;
    };
    await expect(predictor.predict({ sha256, read }, pictures)).rejects.toThrow("the store is away");
    await Promise.all([
      predictor.predict({ sha256, read }, pictures),
      predictor.predict({ sha256, read }, pictures),
    ]);
    expect(reads).toBe(2);
  });

  it("refuses a damaged checkpoint", async () => {
    const damaged = { sha256: "x", read: async () => new Uint8Array(64) };
    await expect(openTestPredictor().predict(damaged, [])).rejects.toMatchObject({
      code: "checkpoint_unreadable",
    });
  });
});

describe("exportCheckpoint", () => {
  it("gives an ONNX file that answers for any batch", async () => {
    const { bytes } = await trained("cnn4");
    const onnx = await exportCheckpoint(bytes);
    const images = {
      type: "float32",
      shape: [2, 3, 32, 32],
      data: new Float32Array(2 * 3 * 32 * 32),
    } as const;
    const { probabilities } = await evaluate(
      { name: "exported", bytes: onnx, inputs: [], outputs: [], hash: "" },
      { images },
    );
    expect(probabilities?.shape).toEqual([2, 3]);
    expect([...(probabilities?.data ?? [])].map(Number).reduce((a, b) => a + b, 0)).toBeCloseTo(2, 5);
  });
});

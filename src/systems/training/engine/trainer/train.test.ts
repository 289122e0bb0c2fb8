import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { TrainerEvent, TrainerImage } from "../port.ts";
import { drawnImages, testConfig, testFolder, testLink, testTask } from "./testing.ts";
import { train } from "./train.ts";

const ofType = <T extends TrainerEvent["type"]>(events: readonly TrainerEvent[], type: T) =>
  events.filter((event): event is Extract<TrainerEvent, { type: T }> => event.type === type);
const small = { epochs: 2, batchSize: 8 };
const asTraining = (images: readonly TrainerImage[]) =>
  images.map((image) => ({ ...image, split: "train" as const }));

describe("train", () => {
  it("learns drawn shapes in a few epochs", async () => {
    const images = await drawnImages(await testFolder(), 150);
    const link = testLink();
    const config = testConfig({ epochs: 5, batchSize: 8 });
    const last = await train(await testTask(images, { config }), link);
    expect(last).toEqual({ type: "completed", epochs: 5, earlyStopped: false });
    expect(ofType(link.events, "epoch").at(-1)?.accuracy).toBeGreaterThan(0.9);
  });

  it("learns them with a head on the filter bank", async () => {
    const images = await drawnImages(await testFolder(), 90);
    const link = testLink();
    const config = testConfig({ modelName: "features_linear", freezeBackbone: true, epochs: 5 });
    await train(await testTask(images, { config }), link);
    expect(ofType(link.events, "epoch").at(-1)?.accuracy).toBeGreaterThan(0.9);
  });

  it("tells of each epoch its validation, its row and its checkpoint, in this order", async () => {
    const images = await drawnImages(await testFolder(), 45);
    const link = testLink();
    const config = testConfig({
      ...small,
      epochs: 3,
      checkpointInterval: 2,
      validation: { ...testConfig().validation, interval: 2 },
    });
    await train(await testTask(images, { config }), link);
    const told = link.events.filter(({ type }) => type !== "step" && type !== "log");
    expect(told.map(({ type }) => type)).toEqual([
      "started",
      ...["epoch", "checkpoint"],
      ...["validation", "epoch", "checkpoint"],
      ...["validation", "epoch", "checkpoint"],
    ]);
    expect(ofType(link.events, "checkpoint").map(({ roles }) => roles.includes("periodic"))).toEqual([
      false,
      true,
      false,
    ]);
    expect(ofType(link.events, "checkpoint")[0]).toMatchObject({ roles: ["last"], metric: null });
    expect(ofType(link.events, "checkpoint")[1]?.roles).toContain("best");
    expect(ofType(link.events, "started")[0]).toMatchObject({
      trainImages: 36,
      validationImages: 9,
      stepsPerEpoch: 5,
      firstEpoch: 1,
    });
  });

  it("shows in a row what was asked for", async () => {
    const images = await drawnImages(await testFolder(), 45);
    const link = testLink();
    await train(await testTask(images, { config: testConfig(small) }), link);
    const [row] = ofType(link.events, "epoch");
    expect(Object.keys(row?.extra ?? {}).sort()).toEqual(
      [
        "train_accuracy",
        "val_loss",
        "val_accuracy",
        "f1",
        "grad_norm",
        "images_per_second",
        "seconds",
      ].sort(),
    );
    expect(row?.accuracy).toBe(ofType(link.events, "validation")[0]?.report.metrics.accuracy);
  });

  it("ends early when validations gain nothing for long enough", async () => {
    const images = await drawnImages(await testFolder(), 45);
    const validation = { ...testConfig().validation, earlyStopping: { patience: 2, minDelta: 1 } };
    const config = testConfig({ ...small, epochs: 9, validation });
    expect(await train(await testTask(images, { config }), testLink())).toEqual({
      type: "completed",
      epochs: 3,
      earlyStopped: true,
    });
  });

  it("trains without validation pictures, and says what that switches off", async () => {
    const images = asTraining(await drawnImages(await testFolder(), 30));
    const link = testLink();
    const validation = { ...testConfig().validation, earlyStopping: { patience: 1, minDelta: 0 } };
    await train(await testTask(images, { config: testConfig({ ...small, validation }) }), link);
    expect(ofType(link.events, "validation")).toEqual([]);
    expect(ofType(link.events, "checkpoint").map(({ roles }) => roles)).toEqual([["last"], ["last"]]);
    const { effective } = ofType(link.events, "started")[0] ?? {};
    expect(effective?.["validation.early_stopping"]).toMatchObject({ requested: true, effective: false });
  });

  it("leaves broken pictures out and warns of them, and of classes without any", async () => {
    const folder = await testFolder();
    const images = await drawnImages(folder, 30);
    await writeFile(join(folder, "1.png"), "no picture");
    const link = testLink();
    const task = await testTask(images, {
      classes: ["a", "b", "c", "d"],
      config: testConfig({ ...small, numClasses: 4 }),
    });
    await train(task, link);
    const warnings = ofType(link.events, "log")
      .filter(({ level }) => level === "warning")
      .map(({ message }) => message);
    expect(warnings).toEqual([
      expect.stringMatching(/squares\/1\.png is left out/),
      expect.stringMatching(/cannot learn d/),
    ]);
    const [started] = ofType(link.events, "started");
    expect(started?.effective.images).toMatchObject({ requested: 30, effective: 29 });
  });

  it("takes a batch larger than the set", async () => {
    const images = await drawnImages(await testFolder(), 15);
    const link = testLink();
    const config = testConfig({ epochs: 1, batchSize: 64, accumulationSteps: 4 });
    await train(await testTask(images, { config }), link);
    const [started] = ofType(link.events, "started");
    expect(started?.stepsPerEpoch).toBe(1);
    expect(started?.effective.batch_size).toMatchObject({ requested: 64, effective: 12 });
    expect(started?.effective.gradient_accumulation_steps).toMatchObject({ requested: 4, effective: 1 });
  });

  it("fails where there is nothing to train on", async () => {
    const images = (await drawnImages(await testFolder(), 3)).map((image) => ({
      ...image,
      split: "val" as const,
    }));
    expect(await train(await testTask(images), testLink())).toMatchObject({
      type: "failed",
      code: "no_images",
    });
  });

  it("fails with advice when the loss is no number any more, and writes no checkpoint of that", async () => {
    const images = await drawnImages(await testFolder(), 45);
    const link = testLink();
    const optimiser = { ...testConfig().optimiser, type: "sgd", learningRate: 1e30 } as const;
    const last = await train(await testTask(images, { config: testConfig({ ...small, optimiser }) }), link);
    expect(last).toMatchObject({ type: "failed", code: "nan_loss", epoch: 1, traceback: null });
    expect(last.type === "failed" && last.message).toMatch(
      /epoch 1, step \d+.*learning rate of 1e\+30.*learning_rate to 1e\+29.*gradient_clip_value: 1\.0/s,
    );
    expect(ofType(link.events, "checkpoint")).toEqual([]);
  });

  it("fails cleanly when the disk is full, with the checkpoints before untouched", async () => {
    const images = await drawnImages(await testFolder(), 45);
    let files = 0;
    const link = testLink((event) => {
      if (event.type !== "checkpoint" && event.type !== "validation") return;
      if (++files === 3) throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
    });
    const last = await train(await testTask(images, { config: testConfig(small) }), link);
    expect(last).toMatchObject({ type: "failed", code: "disk_full", epoch: 2 });
  });

  it("says that a batch norm needs more than a single value", async () => {
    const images = await drawnImages(await testFolder(), 6);
    const config = testConfig({ framework: "timm", modelName: "resnet18", epochs: 1, batchSize: 1 });
    const last = await train(await testTask(images, { config }), testLink());
    expect(last).toMatchObject({ type: "failed", message: expect.stringMatching(/use larger batches/) });
  });

  it("stops while it still prepares", async () => {
    const images = await drawnImages(await testFolder(), 15);
    const link = testLink();
    const stopped = { ...link, stop: AbortSignal.abort() };
    expect(await train(await testTask(images), stopped)).toEqual({ type: "stopped", epoch: 0 });
  });
});

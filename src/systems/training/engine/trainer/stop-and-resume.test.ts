import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { TrainingConfig } from "../../config/training-config.ts";
import { decodeCheckpoint } from "../checkpoint-file.ts";
import type { TrainerImage, TrainerTask } from "../port.ts";
import {
  drawnImages,
  everythingOn,
  numbersOf,
  testConfig,
  testFolder,
  testLink,
  testTask,
} from "./testing.ts";
import { train } from "./train.ts";

/** Places at which a run is stopped: all of them take minutes. */
const STOPS = Number(process.env.QUATRAIN_TEST_KILLS ?? 6);

/** Runs until the `calls`th time that it is asked whether to stop. */
async function run(
  images: readonly TrainerImage[],
  change: Partial<TrainerTask>,
  calls = Number.POSITIVE_INFINITY,
) {
  const link = testLink();
  let asked = 0;
  const last = await train(await testTask(images, change), {
    ...link,
    shallStop: async () => ++asked >= calls,
  });
  const { file = null } = link.events.findLast((event) => event.type === "checkpoint") ?? {};
  return { last, asked, events: link.events, numbers: numbersOf(link.events), file };
}

const FEATURES = testConfig({ modelName: "features_mlp", freezeBackbone: true, epochs: 2, batchSize: 8 });

describe("a run that is stopped and goes on", () => {
  it.each<[string, TrainingConfig]>([
    ["with everything on", everythingOn()],
    ["on kept features", FEATURES],
  ])(
    "%s gives the numbers of one that is not, wherever it was stopped",
    { timeout: 300_000 },
    async (_, config) => {
      const images = await drawnImages(await testFolder(), 30);
      const straight = await run(images, { config });
      expect(straight.last).toMatchObject({ type: "completed" });
      const stride = Math.max(1, Math.floor(straight.asked / STOPS));
      for (let calls = 1; calls <= straight.asked; calls += stride) {
        const before = await run(images, { config }, calls);
        expect(before.last.type).toBe("stopped");
        const after = await run(images, { config, resumeFrom: before.file });
        expect({ ...before.numbers, ...after.numbers }, `stopped at ${calls}`).toEqual(straight.numbers);
      }
    },
  );

  it("ends where it was when it had ended", async () => {
    const images = await drawnImages(await testFolder(), 30);
    const config = testConfig({ epochs: 1 });
    const { file } = await run(images, { config });
    const again = await run(images, { config, resumeFrom: file });
    expect(again.last).toEqual({ type: "completed", epochs: 1, earlyStopped: false });
    expect(again.numbers).toEqual({});
    const longer = await run(images, { config: testConfig({ epochs: 2 }), resumeFrom: file });
    expect(Object.keys(longer.numbers)).toEqual(["validation 2", "epoch 2"]);
  });

  it("begins the epoch anew when a picture has gone in between", async () => {
    const folder = await testFolder();
    const images = await drawnImages(folder, 30);
    const config = testConfig({ batchSize: 8 });
    const { file } = await run(images, { config }, 3);
    expect((await decodeCheckpoint(await readFile(file ?? ""))).progress.step).toBe(2);
    await writeFile(join(folder, "0.png"), "");
    const after = await run(images, { config, resumeFrom: file });
    expect(after.events).toContainEqual(
      expect.objectContaining({ type: "log", message: expect.stringMatching(/24.*23.*epoch 1 begins anew/) }),
    );
    expect(after.last).toMatchObject({ type: "completed" });
  });

  it("judges anew when another metric chooses the best", async () => {
    const images = await drawnImages(await testFolder(), 30);
    const { file } = await run(images, { config: testConfig({ epochs: 1 }) });
    const validation = { ...testConfig().validation, saveBest: { metric: "loss", mode: "min" } as const };
    const after = await run(images, { config: testConfig({ epochs: 2, validation }), resumeFrom: file });
    expect(after.events.findLast((event) => event.type === "checkpoint")?.roles).toEqual(["last", "best"]);
  });

  it("refuses a checkpoint of another run, and says what differs", async () => {
    const images = await drawnImages(await testFolder(), 30);
    const { file } = await run(images, { config: testConfig({ epochs: 1 }) });
    const refused = await run(images, { config: testConfig({ batchSize: 8 }), resumeFrom: file });
    expect(refused.last).toMatchObject({ type: "failed", code: "checkpoint_unreadable" });
    expect(refused.last.type === "failed" && refused.last.message).toMatch(/batch_size 16, the job has 8/);
  });

  it("refuses a checkpoint that is not there", async () => {
    const images = await drawnImages(await testFolder(), 6);
    const { last } = await run(images, { resumeFrom: "/nowhere" });
    expect(last).toMatchObject({ type: "failed", code: "checkpoint_unreadable", epoch: null });
  });

  it("refuses a damaged checkpoint", async () => {
    const images = await drawnImages(await testFolder(), 30);
    const { file } = await run(images, { config: testConfig({ epochs: 1 }) });
    const bytes = await readFile(file ?? "");
    bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1;
    await writeFile(file ?? "", bytes);
    const refused = await run(images, { resumeFrom: file });
    expect(refused.last).toMatchObject({ type: "failed", code: "checkpoint_unreadable" });
  });

  it("can begin another run with a checkpoint's weights", async () => {
    const images = await drawnImages(await testFolder(), 30);
    const { file } = await run(images, { config: testConfig({ epochs: 3 }) });
    const optimiser = { ...testConfig().optimiser, type: "sgd", learningRate: 1e-9 } as const;
    const config = testConfig({ epochs: 1, optimiser, pretrained: true });
    const begun = await run(images, { config, initialWeights: file });
    const fresh = await run(images, { config });
    const lossOf = ({ numbers }: typeof begun) => (numbers["epoch 1"] as { loss: number }).loss;
    expect(lossOf(begun)).toBeLessThan(lossOf(fresh));
  });
});

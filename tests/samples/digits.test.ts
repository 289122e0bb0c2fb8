import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { stratifiedSplit } from "../../src/algorithms/learning/stratified-split.ts";
import type { TrainerEvent, TrainerImage } from "../../src/systems/training/engine/port.ts";
import { runTrainer } from "../../src/systems/training/engine/run-trainer.ts";
import { testConfig, testFolder } from "../../src/systems/training/engine/trainer/testing.ts";

/** Real handwriting, 60 of each digit, which stays outside the repository: skipped where it is not there. */

const DIGITS = fileURLToPath(new URL("../../../shared/samples/training/digits/", import.meta.url));
const CLASSES = [..."0123456789"];

async function images(): Promise<TrainerImage[]> {
  const names = await Promise.all(
    CLASSES.map(async (name) => (await readdir(join(DIGITS, name))).sort().map((file) => `${name}/${file}`)),
  );
  const paths = names.flat();
  const labels = paths.map((path) => CLASSES.indexOf(path.charAt(0)));
  const splits = stratifiedSplit(labels, { validationShare: 0.2, seed: 42 });
  return paths.map((path, at) => ({
    path,
    file: join(DIGITS, path),
    split: splits[at] ?? "train",
    label: labels[at] ?? 0,
    boxes: [],
  }));
}

describe.skipIf(!existsSync(DIGITS))("handwritten digits", () => {
  it("are learnt by a small network in fifteen epochs", { timeout: 300_000 }, async () => {
    const events: TrainerEvent[] = [];
    const config = testConfig({ numClasses: 10, epochs: 15, batchSize: 32 });
    const never = new AbortController().signal;
    const ended = await runTrainer(
      {
        jobId: 1,
        attempt: 1,
        config,
        classes: CLASSES,
        images: await images(),
        workDir: await testFolder(),
        resumeFrom: null,
        initialWeights: null,
        threads: 2,
      },
      { onEvent: async (event) => void events.push(event), stop: never, kill: never, graceMs: 10_000 },
    );
    expect(ended).toEqual({ outcome: "completed", epochs: 15, earlyStopped: false });
    const rows = events.filter((event) => event.type === "epoch");
    if (process.env.QUATRAIN_TEST_FIGURES)
      for (const { epoch, loss, accuracy, extra } of rows)
        console.log(
          epoch,
          loss.toFixed(4),
          accuracy.toFixed(4),
          extra.images_per_second?.toFixed(0),
          extra.seconds?.toFixed(2),
        );
    expect(rows.at(-1)?.accuracy).toBeGreaterThan(0.9);
  });
});

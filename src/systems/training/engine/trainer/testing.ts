import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { onTestFinished } from "vitest";
import { type SeededRandom, seededRandom } from "../../../../algorithms/anomaly/seeded-random.ts";
import type { Picture } from "../../../../algorithms/image/picture.ts";
import { encodePng } from "../../../../ml/images/edit-picture.ts";
import type { TrainingConfig } from "../../config/training-config.ts";
import type { TrainerEpoch, TrainerEvent, TrainerImage, TrainerTask } from "../port.ts";
import type { ServerLink } from "./server-link.ts";

/** For tests: small runs on drawn pictures. */

export const CLASSES = ["circles", "squares", "stripes"] as const;

/** A configuration that trains in a second or two. */
export function testConfig(change: Partial<TrainingConfig> = {}): TrainingConfig {
  return {
    framework: "quatrain",
    modelName: "cnn4",
    taskType: "image_classification",
    numClasses: CLASSES.length,
    epochs: 3,
    batchSize: 16,
    optimiser: {
      type: "adamw",
      learningRate: 1e-3,
      weightDecay: 0.01,
      betas: [0.9, 0.999],
      eps: 1e-8,
      amsgrad: false,
      momentum: 0.9,
      nesterov: false,
      alpha: 0.99,
    },
    schedule: { type: "none" },
    warmup: { epochs: 0, learningRate: 1e-6 },
    augmentation: null,
    preprocessing: { imageSize: 32, resizeMode: "resize", mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    validation: {
      interval: 1,
      metrics: ["accuracy", "f1"],
      saveBest: { metric: "accuracy", mode: "max" },
      earlyStopping: null,
    },
    mixedPrecision: false,
    gradientClipNorm: null,
    accumulationSteps: 1,
    checkpointInterval: null,
    keepCheckpoints: 3,
    seed: 42,
    classWeights: null,
    balancedSampler: false,
    labelSmoothing: 0,
    emaDecay: null,
    freezeBackbone: false,
    pretrained: false,
    maxRestarts: 3,
    ...change,
  };
}

/** A folder that goes with the test. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "quatrain-trainer-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Drawn pictures of the three classes in turn, as files of the folder. Every fifth of a class is for validation. */
export async function drawnImages(folder: string, count: number): Promise<TrainerImage[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const label = at % CLASSES.length;
      const file = join(folder, `${at}.png`);
      await writeFile(file, await encodePng(drawn(label, seededRandom(at)), 3));
      const split = Math.floor(at / CLASSES.length) % 5 === 4 ? "val" : "train";
      return { path: `${CLASSES[label]}/${at}.png`, file, split, label, boxes: [] } as const;
    }),
  );
}

/** A shape of random place, size and colours. */
function drawn(label: number, random: SeededRandom): Picture {
  const side = 40;
  const [x0, y0, radius] = [16 + random.below(8), 16 + random.below(8), 10 + random.below(5)];
  const [dark, light] = [random.below(90), 140 + random.below(100)];
  const inside = (x: number, y: number): boolean => {
    if (label === 0) return Math.hypot(x - x0, y - y0) < radius;
    if (label === 1) return Math.max(Math.abs(x - x0), Math.abs(y - y0)) < radius;
    return Math.floor((x + y + x0) / (radius / 2)) % 2 === 0;
  };
  const data = new Uint8Array(side * side * 3);
  for (let at = 0; at < side * side; at++)
    data.fill(
      (inside(at % side, Math.floor(at / side)) ? light : dark) + random.below(15),
      3 * at,
      3 * at + 3,
    );
  return { width: side, height: side, data };
}

/** A task with a work folder of its own. */
export async function testTask(
  images: readonly TrainerImage[],
  change: Partial<TrainerTask> = {},
): Promise<TrainerTask> {
  return {
    jobId: 1,
    attempt: 1,
    config: testConfig(),
    classes: CLASSES,
    images,
    workDir: await testFolder(),
    resumeFrom: null,
    initialWeights: null,
    threads: 1,
    ...change,
  };
}

/** A server that takes everything at once. @param onEvent may stop the run */
export function testLink(onEvent: (event: TrainerEvent, stop: () => void) => void = () => {}): ServerLink & {
  readonly events: TrainerEvent[];
} {
  const events: TrainerEvent[] = [];
  const stopping = new AbortController();
  const tell = (event: TrainerEvent) => {
    events.push(event);
    onEvent(event, () => stopping.abort());
  };
  return {
    events,
    tell,
    announce: tell,
    async filesTaken() {},
    stop: stopping.signal,
    shallStop: async () => stopping.signal.aborted,
  };
}

/** Every part of a run that has a state or draws random numbers. */
export function everythingOn(): TrainingConfig {
  return testConfig({
    epochs: 3,
    batchSize: 5,
    schedule: {
      type: "reduce_on_plateau",
      mode: "min",
      factor: 0.5,
      patience: 0,
      threshold: 0.5,
      thresholdMode: "rel",
      cooldown: 0,
      minLr: 0,
    },
    warmup: { epochs: 1, learningRate: 1e-4 },
    augmentation: {
      flip: { probability: 0.5 },
      rotation: { degrees: 15 },
      crop: { scale: [0.7, 1], ratio: [0.75, 4 / 3] },
      colourJitter: { brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0.1 },
      erasing: { probability: 0.5 },
      grayscale: { probability: 0.2 },
      blur: { sigma: [0.1, 1] },
      mixup: { alpha: 0.2 },
      cutmix: { alpha: 1 },
    },
    gradientClipNorm: 1,
    accumulationSteps: 2,
    classWeights: "balanced",
    balancedSampler: true,
    labelSmoothing: 0.1,
    emaDecay: 0.9,
  });
}

/**
 * What has to be the same to the bit however often a run is interrupted: rows and validations, without times.
 * @throws Error where an epoch was told of twice with other numbers
 */
export function numbersOf(events: readonly TrainerEvent[]): Record<string, unknown> {
  const numbers: Record<string, unknown> = {};
  for (const event of events) {
    if (event.type !== "epoch" && event.type !== "validation") continue;
    const name = `${event.type} ${event.epoch}`;
    const told = event.type === "validation" ? event.report : withoutTimes(event);
    if (name in numbers && !isDeepStrictEqual(numbers[name], told))
      throw new Error(`${name} was told of with other numbers: ${JSON.stringify([numbers[name], told])}`);
    numbers[name] = told;
  }
  return numbers;
}

function withoutTimes(event: TrainerEpoch): TrainerEpoch {
  const { seconds: _, images_per_second: __, ...extra } = event.extra;
  return { ...event, extra };
}

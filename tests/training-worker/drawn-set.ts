import { seededRandom } from "../../src/algorithms/anomaly/seeded-random.ts";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import type { TrainingConfig } from "../../src/systems/training/config/training-config.ts";
import type { ServedImage } from "./fake-server.ts";

export const CLASSES = ["across", "down"] as const;
const SIDE = 40;

/** Noisy stripes across (label 0) and down (label 1): `count` pictures to train with, 8 to validate. */
export function drawnSet(count: number): Promise<ServedImage[]> {
  return Promise.all(
    Array.from({ length: count + 8 }, async (_, index) => ({
      path: `${CLASSES[index % 2]}/${index}.png`,
      bytes: await encodePng(stripes(index), 3),
      split: index < count ? ("train" as const) : ("val" as const),
      label: index % 2,
    })),
  );
}

function stripes(index: number) {
  const random = seededRandom(index);
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
    const along = index % 2 === 0 ? Math.floor(pixel / SIDE) : pixel % SIDE;
    const value = (Math.floor(along / 4) % 2) * 150 + 60 * random.uniform();
    data.fill(value, 3 * pixel, 3 * pixel + 3);
  }
  return { width: SIDE, height: SIDE, data };
}

const ADAMW: TrainingConfig["optimiser"] = {
  type: "adamw",
  learningRate: 0.001,
  weightDecay: 0.01,
  betas: [0.9, 0.999],
  eps: 1e-8,
  amsgrad: false,
  momentum: 0.9,
  nesterov: false,
  alpha: 0.99,
};

/** resnet18 at 32 pixels, eight pictures a batch; everything else off. */
export function smallConfig(changes: Partial<TrainingConfig> = {}): TrainingConfig {
  return {
    framework: "timm",
    modelName: "resnet18",
    taskType: "image_classification",
    numClasses: 2,
    epochs: 2,
    batchSize: 8,
    optimiser: ADAMW,
    schedule: { type: "cosine", tMax: 2, etaMin: 1e-6 },
    warmup: { epochs: 0, learningRate: 1e-6 },
    augmentation: null,
    preprocessing: {
      imageSize: 32,
      resizeMode: "resize",
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
    },
    validation: {
      interval: 1,
      metrics: ["accuracy"],
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
    maxRestarts: 0,
    ...changes,
  };
}

/** Every knob at once. */
export const EVERYTHING: Partial<TrainingConfig> = {
  optimiser: { ...ADAMW, type: "sgd", nesterov: true },
  schedule: {
    type: "one_cycle",
    maxLr: 0.002,
    pctStart: 0.3,
    annealStrategy: "cos",
    divFactor: 25,
    finalDivFactor: 10_000,
    threePhase: false,
    cycleMomentum: true,
    baseMomentum: 0.85,
    maxMomentum: 0.95,
  },
  warmup: { epochs: 1, learningRate: 1e-5 },
  augmentation: {
    flip: { probability: 0.5 },
    rotation: { degrees: 10 },
    crop: { scale: [0.6, 1], ratio: [0.75, 4 / 3] },
    colourJitter: { brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0.1 },
    erasing: { probability: 0.3 },
    grayscale: { probability: 0.1 },
    blur: { sigma: [0.1, 1] },
    mixup: { alpha: 0.2 },
    cutmix: { alpha: 1 },
  },
  mixedPrecision: true,
  gradientClipNorm: 1,
  accumulationSteps: 2,
  checkpointInterval: 1,
  classWeights: "balanced",
  balancedSampler: true,
  labelSmoothing: 0.1,
  emaDecay: 0.9,
};

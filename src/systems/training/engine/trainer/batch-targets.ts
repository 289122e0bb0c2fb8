import { mixBatch } from "../../../../algorithms/image/augmentation/mix-batch.ts";
import { balancedClassWeights } from "../../../../algorithms/learning/class-balance.ts";
import { randomStream } from "../../../../algorithms/learning/random-streams.ts";
import { softTargetRows, targetRows } from "../../../../algorithms/learning/target-rows.ts";
import type { TrainingConfig } from "../../config/training-config.ts";
import type { Batch } from "../data/loader.ts";

/** Makes the targets of a batch, and mixes its pictures where that is on. */
export type TargetMaker = (batch: Batch, epoch: number, at: number) => Float32Array;

/**
 * @returns a function from a batch, the `at`th of its epoch, to `[n, classes]` targets as softCrossEntropy wants them;
 * it changes the batch's images with mixup or cutmix
 */
export function targetMaker(
  config: TrainingConfig,
  classes: readonly string[],
  trainLabels: Int32Array,
): TargetMaker {
  const count = classes.length;
  const options = {
    classes: count,
    smoothing: config.labelSmoothing,
    classWeights: classWeightsOf(config.classWeights, classes, trainLabels),
  };
  const { mixup = null, cutmix = null } = config.augmentation ?? {};
  const mix = { mixup, cutmix, classes: count, size: config.preprocessing.imageSize };
  return ({ images, labels }, epoch, at) => {
    const rows = labels.length;
    if (mixup === null && cutmix === null) return targetRows(labels, { ...options, rows });
    const shares = new Float32Array(rows * count);
    for (const [row, label] of labels.entries()) shares[row * count + label] = 1;
    mixBatch(images, shares, mix, randomStream(config.seed, "mixing", epoch, at));
    return softTargetRows(shares, { ...options, rows });
  };
}

/** One weight per class; classes that are not named have 1. */
function classWeightsOf(
  weights: TrainingConfig["classWeights"],
  classes: readonly string[],
  trainLabels: Int32Array,
): Float32Array | null {
  if (weights === null) return null;
  if (weights === "balanced") return balancedClassWeights(countsOf(trainLabels, classes.length));
  return Float32Array.from(classes, (name) => (Object.hasOwn(weights, name) ? (weights[name] ?? 1) : 1));
}

/** Pictures per class. */
function countsOf(labels: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

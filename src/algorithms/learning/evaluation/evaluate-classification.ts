import { expectedCalibrationError } from "./calibration-error.ts";
import { confusionMatrix, scoresOfClasses } from "./confusion.ts";
import { pictureScores } from "./picture-scores.ts";
import { rankings } from "./precision-recall.ts";
import type { ClassificationReport, PictureScore } from "./report.ts";
import { logSumExpRows } from "./softmax-rows.ts";

/** What a model said of pictures, and what they are. */
export interface ClassificationOutcome {
  /** [pictures, classes] row-major. */
  readonly logits: Float32Array;
  /** True class of each picture. */
  readonly labels: ArrayLike<number>;
  /** Different names, at least one. */
  readonly classes: readonly string[];
}

/**
 * Everything that a validation reports. Without pictures every number is 0. O(classes * pictures * log(pictures)) time,
 * memory linear in pictures (and quadratic in classes, the confusion matrix).
 * @returns the report, and one score per picture in their order
 * @throws RangeError where sizes do not fit, a label is no class, or a logit is not finite (the model has diverged)
 */
export function evaluateClassification({ logits, labels, classes }: ClassificationOutcome): {
  readonly report: ClassificationReport;
  readonly pictures: readonly PictureScore[];
} {
  requireFit(logits, labels, classes.length);
  const logSums = logSumExpRows(logits, classes.length);
  const pictures = pictureScores(logits, logSums, labels, classes.length);
  const confusion = confusionMatrix(pictures, classes.length);
  const scores = scoresOfClasses(confusion);
  const ranked = rankings(logits, logSums, labels, classes.length);
  // macro averages are over the classes that occur, as scikit-learn takes them from truth and prediction
  const occurring = scores.filter(({ support, predicted }) => support + predicted > 0);
  const report: ClassificationReport = {
    loss: meanOf(pictures, ({ loss }) => loss),
    metrics: {
      accuracy: meanOf(pictures, ({ trueLabel, predictedLabel }) => Number(trueLabel === predictedLabel)),
      precision: meanOf(occurring, ({ precision }) => precision),
      recall: meanOf(occurring, ({ recall }) => recall),
      f1: meanOf(occurring, ({ f1 }) => f1),
      top5_accuracy: meanOf(pictures, ({ trueLabel, top }) => Number(top.some((t) => t.label === trueLabel))),
    },
    perClass: byName(classes, (index) => {
      const { predicted, ...shown } = scores[index] as (typeof scores)[number];
      return { ...shown, averagePrecision: ranked[index]?.averagePrecision ?? 0 };
    }),
    confusion,
    prCurves: byName(classes, (index) => (ranked[index] as (typeof ranked)[number]).curve),
    calibrationError: expectedCalibrationError(pictures),
  };
  return { report, pictures };
}

/** Own properties whatever the names are: also for a class called `__proto__`. */
function byName<T>(classes: readonly string[], value: (index: number) => T): Record<string, T> {
  return Object.fromEntries(classes.map((name, index) => [name, value(index)]));
}

function meanOf<T>(values: readonly T[], number: (value: T) => number): number {
  return values.reduce((sum, value) => sum + number(value), 0) / Math.max(1, values.length);
}

function requireFit(logits: Float32Array, labels: ArrayLike<number>, classes: number): void {
  if (classes < 1 || logits.length !== labels.length * classes)
    throw new RangeError(`${logits.length} logits are not ${labels.length} rows of ${classes} classes`);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] as number;
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      throw new RangeError(`label ${label} of picture ${row} is not one of ${classes} classes`);
  }
}

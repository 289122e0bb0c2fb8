import type { TrainingProgress } from "../checkpoint.ts";

/** What an epoch has gathered so far. */
export type EpochSums = TrainingProgress["sums"];

/** Before the first step. */
export const NOTHING: EpochSums = { pictures: 0, loss: 0, correct: 0, gradientNorm: 0, seconds: 0 };

/** Both together. */
export function plus(a: EpochSums, b: EpochSums): EpochSums {
  return {
    pictures: a.pictures + b.pictures,
    loss: a.loss + b.loss,
    correct: a.correct + b.correct,
    gradientNorm: a.gradientNorm + b.gradientNorm,
    seconds: a.seconds + b.seconds,
  };
}

/** Rows whose largest logit is the label's. @param logits `[labels.length, classes]` row-major */
export function countCorrect(logits: Float32Array, labels: ArrayLike<number>): number {
  const classes = logits.length / labels.length;
  let correct = 0;
  for (let row = 0; row < labels.length; row++) {
    const scores = logits.subarray(row * classes, (row + 1) * classes);
    if (scores.indexOf(Math.max(...scores)) === labels[row]) correct++;
  }
  return correct;
}

import type { ClassScores, PictureScore } from "./report.ts";

/** Counts by true class (row) and predicted class (column). */
export function confusionMatrix(pictures: readonly PictureScore[], classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const { trueLabel, predictedLabel } of pictures) {
    const row = counts[trueLabel] as number[];
    row[predictedLabel] = (row[predictedLabel] as number) + 1;
  }
  return counts;
}

/** What the matrix says of each class; scikit-learn's precision_recall_fscore_support with zero_division=0. */
export function scoresOfClasses(
  confusion: readonly (readonly number[])[],
): (Omit<ClassScores, "averagePrecision"> & { readonly predicted: number })[] {
  const predictions = confusion.map(() => 0);
  for (const row of confusion)
    for (const [column, count] of row.entries())
      predictions[column] = (predictions[column] as number) + count;
  return confusion.map((row, label) => {
    const hits = row[label] as number;
    const support = row.reduce((sum, count) => sum + count, 0);
    const predicted = predictions[label] as number;
    return {
      precision: predicted > 0 ? hits / predicted : 0,
      recall: support > 0 ? hits / support : 0,
      f1: support + predicted > 0 ? (2 * hits) / (support + predicted) : 0,
      support,
      predicted,
    };
  });
}

/** How often one class was taken for another. */
export interface Confusion {
  readonly trueLabel: number;
  readonly predictedLabel: number;
  readonly count: number;
}

/** The most frequent mistakes, most frequent first; equally frequent ones in the order of their labels. */
export function frequentConfusions(confusion: readonly (readonly number[])[], most: number): Confusion[] {
  return confusion
    .flatMap((row, trueLabel) => row.map((count, predictedLabel) => ({ trueLabel, predictedLabel, count })))
    .filter(({ trueLabel, predictedLabel, count }) => count > 0 && trueLabel !== predictedLabel)
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
}

import type { PictureScore } from "./report.ts";

/** How many of the likeliest classes are kept per picture. */
const TOP = 5;

/**
 * Every picture by itself. O(rows * columns).
 * @param logits [rows, columns] row-major
 * @param logSums of `logSumExpRows`
 */
export function pictureScores(
  logits: Float32Array,
  logSums: Float64Array,
  labels: ArrayLike<number>,
  columns: number,
): PictureScore[] {
  return Array.from(logSums, (logSum, row) => {
    const begin = row * columns;
    const trueLabel = labels[row] as number;
    const top = likeliest(logits, begin, columns).map((label) => ({
      label,
      confidence: Math.exp((logits[begin + label] as number) - logSum),
    }));
    const [first] = top as [(typeof top)[number]];
    const loss = logSum - (logits[begin + trueLabel] as number);
    return { trueLabel, predictedLabel: first.label, confidence: first.confidence, loss, top };
  });
}

/** Labels of the largest logits of a row, by insertion: hardly any logit gets past the fifth. */
function likeliest(logits: Float32Array, begin: number, columns: number): number[] {
  const labels: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (let label = 0; label < columns; label++) {
    const logit = logits[begin + label] as number;
    if (labels.length === TOP && logit <= least) continue;
    let place = Math.min(labels.length, TOP - 1);
    while (place > 0 && (logits[begin + (labels[place - 1] as number)] as number) < logit) {
      labels[place] = labels[place - 1] as number;
      place--;
    }
    labels[place] = label;
    least = logits[begin + (labels.at(-1) as number)] as number;
  }
  return labels;
}

import type { PrecisionRecallCurve } from "./report.ts";

/** Levels of recall, in per cent, at which a curve has a point: where each is reached first. */
const LEVELS = 100;

/** One class against the rest, over all thresholds. */
export interface Ranking {
  /** scikit-learn's average_precision_score: sum of (recall - recall before) * precision over all thresholds. */
  readonly averagePrecision: number;
  readonly curve: PrecisionRecallCurve;
}

/**
 * Ranks pictures by the probability of a class. Only thresholds count, so pictures of the same probability come together.
 * @param all logarithms of the class's probability, rising, of all pictures
 * @param own rising too, of the pictures of the class: a part of `all`
 */
export function rankingOf(all: Float64Array, own: Float64Array): Ranking {
  const precision: number[] = [];
  const recall: number[] = [];
  const thresholds: number[] = [];
  let averagePrecision = 0;
  let level = 0;
  let found = 0;
  for (let seen = 0; found < own.length; ) {
    const threshold = all[all.length - 1 - seen] as number;
    while (seen < all.length && all[all.length - 1 - seen] === threshold) seen++;
    const before = found;
    while (found < own.length && own[own.length - 1 - found] === threshold) found++;
    averagePrecision += ((found - before) / own.length) * (found / seen);
    if (found * LEVELS < level * own.length) continue;
    level = Math.floor((found * LEVELS) / own.length) + 1;
    precision.push(found / seen);
    recall.push(found / own.length);
    thresholds.push(Math.exp(threshold));
  }
  return { averagePrecision, curve: { precision, recall, thresholds } };
}

/**
 * The ranking of every class. O(classes * pictures * log(pictures)) time, O(pictures) memory beside the result.
 * @param logits [pictures, classes] row-major
 * @param logSums of `logSumExpRows`
 */
export function rankings(
  logits: Float32Array,
  logSums: Float64Array,
  labels: ArrayLike<number>,
  classes: number,
): Ranking[] {
  const all = new Float64Array(logSums.length);
  const own = new Float64Array(logSums.length);
  return Array.from({ length: classes }, (_, label) => {
    let members = 0;
    for (let row = 0; row < all.length; row++) {
      const logarithm = (logits[row * classes + label] as number) - (logSums[row] as number);
      all[row] = logarithm;
      if (labels[row] === label) own[members++] = logarithm;
    }
    return members > 0
      ? rankingOf(all.sort(), own.subarray(0, members).sort())
      : rankingOf(all, own.subarray(0, 0));
  });
}

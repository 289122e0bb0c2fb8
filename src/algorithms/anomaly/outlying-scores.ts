import { percentile } from "./percentile.ts";

/** Beyond it a value counts as an outlier. Source: Iglewicz & Hoaglin, How to Detect and Handle Outliers (1993). */
export const OUTLYING = 3.5;
/** Fewer scores do not tell what is usual among them. */
export const FEWEST_SCORES = 5;

/**
 * How far each score lies above the rest, in robust standard deviations: 0.6745 (s - median) / MAD, with the mean
 * absolute deviation / 0.7979 in place of MAD / 0.6745 where more than half of the scores are equal (MAD 0).
 * Source: Iglewicz & Hoaglin (1993), "modified z-score". O(n log n).
 *
 * @param scores finite.
 * @returns one value per score; all 0 where all are equal.
 */
export function modifiedZScores(scores: readonly number[]): number[] {
  const middle = percentile(scores, 50) ?? 0;
  const deviations = scores.map((score) => Math.abs(score - middle));
  const mad = percentile(deviations, 50) ?? 0;
  const mean = deviations.reduce((sum, deviation) => sum + deviation, 0) / Math.max(1, scores.length);
  const unit = mad > 0 ? mad / 0.6745 : mean / 0.7979;
  return scores.map((score) => (unit > 0 ? (score - middle) / unit : 0));
}

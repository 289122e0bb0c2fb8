/**
 * Area under the ROC curve: the chance that a bad score lies above a good one, ties counted half
 * (Mann-Whitney). O(n log n).
 *
 * @returns null when one of the two is empty.
 */
export function auroc(good: ArrayLike<number>, bad: ArrayLike<number>): number | null {
  if (good.length === 0 || bad.length === 0) return null;
  const lows = Float64Array.from(good).sort();
  const highs = Float64Array.from(bad).sort();
  let below = 0;
  let upTo = 0;
  let wins = 0;
  for (const high of highs) {
    while (below < lows.length && (lows[below] as number) < high) below++;
    if (upTo < below) upTo = below;
    while (upTo < lows.length && (lows[upTo] as number) <= high) upTo++;
    wins += (below + upTo) / 2;
  }
  return wins / (lows.length * highs.length);
}

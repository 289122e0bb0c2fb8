/**
 * A percentile with linear interpolation between the two nearest ranks, as NumPy's default.
 * NaN and infinities are dropped. O(n log n).
 *
 * @param percent 0..100.
 * @returns null when no finite value is left.
 * @throws RangeError when `percent` is outside 0..100.
 */
export function percentile(values: ArrayLike<number>, percent: number): number | null {
  return percentiles(values, [percent])?.[0] ?? null;
}

/** Several percentiles of the same values for one sort; see `percentile`. */
export function percentiles(values: ArrayLike<number>, percents: readonly number[]): number[] | null {
  for (const percent of percents)
    if (!(percent >= 0 && percent <= 100))
      throw new RangeError(`expected a percentile in 0..100, got ${percent}`);
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  return sorted.length === 0 ? null : percents.map((percent) => between(sorted, percent));
}

function between(sorted: Float64Array, percent: number): number {
  const rank = (percent / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(rank)] as number;
  const above = sorted[Math.ceil(rank)] as number;
  const weight = rank - Math.floor(rank);
  // NumPy's own form: exact at both ends, monotonic in between.
  return weight < 0.5 ? below + (above - below) * weight : above - (above - below) * (1 - weight);
}

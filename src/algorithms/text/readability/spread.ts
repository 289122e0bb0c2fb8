/** Mean of some values; null for none. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation of the values themselves (divided by their number); null for none. */
export function standardDeviation(values: readonly number[]): number | null {
  const middle = mean(values);
  if (middle === null) return null;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length);
}

/**
 * How uneven values are: (s - m) / (s + m) with their mean m and standard deviation s. -1 where all are the same, 0 where
 * they come as by chance, near 1 where few are very large. Source: Goh & Barabási, Burstiness and memory in complex
 * systems, EPL 81 (2008).
 *
 * @returns null for fewer than two values, or where all are 0.
 */
export function burstiness(values: readonly number[]): number | null {
  const middle = mean(values);
  const spread = standardDeviation(values);
  if (values.length < 2 || middle === null || spread === null || middle + spread === 0) return null;
  return (spread - middle) / (spread + middle);
}

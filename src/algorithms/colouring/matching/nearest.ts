/** The nearest rows of each query. */
export interface Nearest {
  readonly perQuery: number;
  /** `[queries, perQuery]` row-major, nearest first; -1 where there are fewer rows. */
  readonly rows: Int32Array;
  /** Squared distances, same shape. */
  readonly distances: Float32Array;
}

/**
 * The `perQuery` nearest rows of each query by plain distance; equal distances in the rows' order.
 * Brute force with early exit: O(queries x rows x size).
 */
export function nearestRows(
  queries: Float32Array,
  rows: Float32Array,
  size: number,
  perQuery: number,
): Nearest {
  const asked = queries.length / size;
  const count = rows.length / size;
  const found = new Int32Array(asked * perQuery).fill(-1);
  const distances = new Float32Array(asked * perQuery).fill(Number.POSITIVE_INFINITY);
  for (let query = 0; query < asked; query++) {
    const from = query * size;
    const best = query * perQuery;
    const last = best + perQuery - 1;
    for (let row = 0; row < count; row++) {
      const worst = distances[last] as number;
      let distance = 0;
      // The first axes hold most of the distance, so most rows are dropped after eight of them.
      for (let at = 0; at < size && distance < worst; ) {
        const end = Math.min(size, at + 8);
        for (; at < end; at++) {
          const step = (queries[from + at] as number) - (rows[row * size + at] as number);
          distance += step * step;
        }
      }
      if (distance >= worst) continue;
      let slot = last;
      while (slot > best && (distances[slot - 1] as number) > distance) {
        distances[slot] = distances[slot - 1] as number;
        found[slot] = found[slot - 1] as number;
        slot--;
      }
      distances[slot] = distance;
      found[slot] = row;
    }
  }
  return { perQuery, rows: found, distances };
}

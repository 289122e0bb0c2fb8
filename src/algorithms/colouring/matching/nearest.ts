/** The nearest rows of each query. */
export interface Nearest {
  readonly perQuery: number;
  /** `[queries, perQuery]` row-major, nearest first; -1 where there are fewer rows. */
  readonly rows: Int32Array;
  /** Squared distances, same shape. */
  readonly distances: Float32Array;
}

/** The first axes hold most of the distance: most rows are dropped after these, which are added for all rows alike. */
const LEADING = 8;

/**
 * The `perQuery` nearest rows of each query by plain distance; equal distances in the rows' order.
 * Brute force with early exit: O(queries x rows x size). The order in which a distance is summed up never changes.
 */
export function nearestRows(
  queries: Float32Array,
  rows: Float32Array,
  size: number,
  perQuery: number,
): Nearest {
  const queried = queries.length / size;
  const count = rows.length / size;
  const found = new Int32Array(queried * perQuery).fill(-1);
  const distances = new Float32Array(queried * perQuery).fill(Number.POSITIVE_INFINITY);
  const leading = Math.min(LEADING, size - (size % 2));
  const axes = leadingAxes(rows, size, leading);
  const begun = new Float64Array(count);
  for (let query = 0; query < queried; query++) {
    const from = query * size;
    begun.fill(0);
    for (let axis = 0; axis < leading; axis += 2)
      addSteps(begun, queries, from + axis, axes.subarray(axis * count, (axis + 2) * count));
    const asked = queries.subarray(from, from + size);
    const best = query * perQuery;
    keepNearest(
      begun,
      asked,
      rows,
      leading,
      found.subarray(best, best + perQuery),
      distances.subarray(best, best + perQuery),
    );
  }
  return { perQuery, rows: found, distances };
}

/** Of all rows those nearest to one query, whose distances are begun. */
function keepNearest(
  begun: Float64Array,
  query: Float32Array,
  rows: Float32Array,
  leading: number,
  found: Int32Array,
  distances: Float32Array,
): void {
  const size = query.length;
  const last = distances.length - 1;
  for (let row = 0; row < begun.length; row++) {
    const worst = distances[last] as number;
    let distance = begun[row] as number;
    for (let at = leading; at < size && distance < worst; at++) {
      const step = (query[at] as number) - (rows[row * size + at] as number);
      distance += step * step;
    }
    if (distance >= worst) continue;
    let slot = last;
    for (; slot > 0 && (distances[slot - 1] as number) > distance; slot--) {
      distances[slot] = distances[slot - 1] as number;
      found[slot] = found[slot - 1] as number;
    }
    distances[slot] = distance;
    found[slot] = row;
  }
}

/** `[leading, rows] row-major`: along an axis, rows lie side by side. */
function leadingAxes(rows: Float32Array, size: number, leading: number): Float32Array {
  const count = rows.length / size;
  const axes = new Float32Array(leading * count);
  for (let row = 0; row < count; row++)
    for (let axis = 0; axis < leading; axis++) axes[axis * count + row] = rows[row * size + axis] as number;
  return axes;
}

/** Adds what two axes, `[2, rows]`, hold of each row's distance. */
function addSteps(distances: Float64Array, queries: Float32Array, at: number, axes: Float32Array): void {
  const [first, second] = [queries[at] as number, queries[at + 1] as number];
  const count = distances.length;
  for (let row = 0; row < count; row++) {
    const step = first - (axes[row] as number);
    const next = second - (axes[count + row] as number);
    distances[row] = (distances[row] as number) + step * step + next * next;
  }
}

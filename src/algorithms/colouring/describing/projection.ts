import { symmetricEigen } from "../../anomaly/symmetric-eigen.ts";

/** A linear map to fewer numbers that keeps distances as well as it can. Structured-cloneable. */
export interface Projection {
  readonly from: number;
  readonly to: number;
  readonly mean: Float32Array;
  /** `[to, from] row-major`. */
  readonly axes: Float32Array;
}

const MOST_ROWS = 1500;

/**
 * Principal axes of rows, not scaled: distances stay what they were, but for what is left out.
 * @param rows `[n, from] row-major`; at most 1,500 of them, evenly spread, are looked at. O(rows x from^2 + from^3).
 */
export function fitProjection(rows: Float32Array, from: number, to: number): Projection {
  const count = rows.length / from;
  const stride = Math.max(1, Math.ceil(count / MOST_ROWS));
  const mean = new Float32Array(from);
  const used = Math.ceil(count / stride);
  for (let row = 0; row < count; row += stride)
    for (let at = 0; at < from; at++)
      mean[at] = (mean[at] as number) + (rows[row * from + at] as number) / used;
  const covariance = new Float64Array(from * from);
  const centred = new Float64Array(from);
  for (let row = 0; row < count; row += stride) {
    for (let at = 0; at < from; at++) centred[at] = (rows[row * from + at] as number) - (mean[at] as number);
    for (let a = 0; a < from; a++) {
      const value = centred[a] as number;
      for (let b = 0; b <= a; b++)
        covariance[a * from + b] = (covariance[a * from + b] as number) + value * (centred[b] as number);
    }
  }
  for (let a = 0; a < from; a++)
    for (let b = 0; b < a; b++) covariance[b * from + a] = covariance[a * from + b] as number;
  const kept = Math.min(to, from);
  const axes = Float32Array.from(symmetricEigen(covariance, from).vectors.subarray(0, kept * from));
  return { from, to: kept, mean, axes };
}

/** Rows `[n, from]` in the projection's numbers: `[n, to] row-major`. */
export function project({ from, to, mean, axes }: Projection, rows: Float32Array): Float32Array {
  const count = rows.length / from;
  const projected = new Float32Array(count * to);
  const centred = new Float64Array(from);
  for (let row = 0; row < count; row++) {
    for (let at = 0; at < from; at++) centred[at] = (rows[row * from + at] as number) - (mean[at] as number);
    for (let axis = 0; axis < to; axis++) {
      let sum = 0;
      for (let at = 0; at < from; at++) sum += (centred[at] as number) * (axes[axis * from + at] as number);
      projected[row * to + axis] = sum;
    }
  }
  return projected;
}

import type { Moments } from "./running-moments.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** `z = x projection + offset`: decorrelated numbers of about unit variance. */
export interface Whitening {
  readonly dim: number;
  readonly kept: number;
  /** `[dim, kept]` row-major. */
  readonly projection: Float32Array;
  /** `[kept]` */
  readonly offset: Float32Array;
}

/** Share of the mean eigenvalue that is added to each, so that directions of noise are not blown up. */
const RIDGE = 0.01;

/**
 * Principal components divided by `sqrt(eigenvalue + 0.01 mean eigenvalue)` (spec/inspection.md section 4).
 * O(dim^3).
 */
export function whitening({ mean, covariance }: Moments, most: number): Whitening {
  const dim = mean.length;
  const kept = Math.min(most, dim);
  const { values, vectors } = symmetricEigen(covariance, dim);
  // A recipe of flat pictures has no variance at all: its patches all become 0.
  const floor = Math.max(1e-12, (RIDGE * values.reduce((sum, value) => sum + value, 0)) / dim);
  const projection = new Float32Array(dim * kept);
  const offset = new Float32Array(kept);
  for (let component = 0; component < kept; component++) {
    const scale = 1 / Math.sqrt(Math.max(0, values[component] as number) + floor);
    let shift = 0;
    for (let axis = 0; axis < dim; axis++) {
      const weight = (vectors[component * dim + axis] as number) * scale;
      projection[axis * kept + component] = weight;
      shift -= weight * (mean[axis] as number);
    }
    offset[component] = shift;
  }
  return { dim, kept, projection, offset };
}

import { FEATURE_MEAN, FEATURE_STD } from "./feature-heads.ts";
import type { Weights } from "./model.ts";

/** Deviations below this share of the mean's size are rounding: such a feature says nothing and is left unscaled. */
const FLAT = 1e-5;

/** Gathers mean and deviation of features over a training set, batch by batch (Welford 1962, in float64). */
export interface FeatureStatistics {
  /** `[rows, dim]` row-major float32. @throws RangeError unless it is whole rows. O(rows x dim). */
  add(features: Float32Array): void;
  /**
   * Writes the buffers `features.mean` and `features.std` (biased; 1 where a feature never changes) in place.
   * @throws RangeError before the first row, or when the weights have no such buffers.
   */
  writeTo(weights: Weights): void;
}

/** Statistics of rows of `dim` features: to be filled with the training pictures before the first epoch. */
export function openFeatureStatistics(dim: number): FeatureStatistics {
  const mean = new Float64Array(dim);
  /** Sums of squared distances from the mean. */
  const scatter = new Float64Array(dim);
  let count = 0;
  return {
    add(features) {
      if (features.length % dim !== 0)
        throw new RangeError(`expected rows of ${dim} features, got ${features.length} numbers`);
      for (let start = 0; start < features.length; start += dim) {
        count++;
        for (let at = 0; at < dim; at++) {
          const value = features[start + at] as number;
          const before = value - (mean[at] as number);
          const moved = (mean[at] as number) + before / count;
          mean[at] = moved;
          scatter[at] = (scatter[at] as number) + before * (value - moved);
        }
      }
    },
    writeTo(weights) {
      const [means, deviations] = [weights.get(FEATURE_MEAN), weights.get(FEATURE_STD)];
      if (count === 0) throw new RangeError("no features were added");
      if (means?.length !== dim || deviations?.length !== dim)
        throw new RangeError(`the weights have no ${FEATURE_MEAN} and ${FEATURE_STD} of ${dim} numbers`);
      for (let at = 0; at < dim; at++) {
        const [centre, spread] = [mean[at] as number, Math.sqrt((scatter[at] as number) / count)];
        means[at] = centre;
        deviations[at] = spread <= FLAT * (1 + Math.abs(centre)) ? 1 : spread;
      }
    },
  };
}

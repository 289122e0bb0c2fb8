/** One axis of a resampling: `from` pixels of the source become `to`; of those, `count` from `first` on are wanted. */
export interface ResampledAxis {
  /** Where the source pixels begin. */
  readonly offset: number;
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly count: number;
}

/** What each wanted pixel is made of: `lengths[i]` source pixels from `starts[i]`, weights from `i * taps`. */
export interface ResampleWeights {
  readonly taps: number;
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  /** Fixed point: 2 ** WEIGHT_BITS is 1. */
  readonly weights: Int32Array;
}

/** 255 times the sum of the weights, plus rounding, stays within 31 bits. */
export const WEIGHT_BITS = 22;

/**
 * The triangle filter, as wide as the shrinking demands, in Pillow's fixed point (libImaging/Resample.c: pixel centres
 * at half integers, taps beyond the border left out). O(from + count).
 */
export function resampleWeights(axis: ResampledAxis): ResampleWeights {
  const { from, to, count } = axis;
  const scale = from / to;
  const reach = Math.max(1, scale);
  const taps = Math.ceil(reach) * 2 + 1;
  const starts = new Int32Array(count);
  const lengths = new Int32Array(count);
  const weights = new Int32Array(count * taps);
  const raw = new Float64Array(taps);
  for (let at = 0; at < count; at++) {
    const centre = (axis.first + at + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - reach + 0.5));
    const length = Math.min(from, Math.trunc(centre + reach + 0.5)) - start;
    let sum = 0;
    for (let tap = 0; tap < length; tap++) {
      const weight = Math.max(0, 1 - Math.abs((start + tap - centre + 0.5) / reach));
      raw[tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < length; tap++)
      weights[at * taps + tap] = Math.trunc(0.5 + ((raw[tap] ?? 0) / sum) * 2 ** WEIGHT_BITS);
    starts[at] = axis.offset + start;
    lengths[at] = length;
  }
  return { taps, starts, lengths, weights };
}

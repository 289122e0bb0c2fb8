import {
  add,
  averagePool,
  conv,
  float32,
  log,
  maxPool,
  mul,
  pad,
  relu,
  slice,
  sqrt,
  sub,
  type Value,
} from "../../../graph/index.ts";
import type { FilterBank } from "./kernels.ts";

/** Keeps the logarithm of an energy away from minus infinity: about one gray level. */
export const LOG_FLOOR = 0.004;

/** Repeats the border pixels of `[n, channels, height, width]`. */
export function padEdges(x: Value, radius: number): Value {
  const around = [radius, radius] as const;
  return pad(x, [[0, 0], [0, 0], around, around], { mode: "edge" });
}

/** Zeros around the picture. */
export function padZeros(x: Value, radius: number): Value {
  const around = [radius, radius] as const;
  return pad(x, [[0, 0], [0, 0], around, around]);
}

/** Mean over tiles of `size` x `size` pixels. */
export function tileMean(x: Value, size: number): Value {
  return size === 1 ? x : averagePool(x, { kernel: size, strides: size });
}

/** Maximum over tiles of `size` x `size` pixels. */
export function tileMax(x: Value, size: number): Value {
  return maxPool(x, { kernel: size, strides: size });
}

/**
 * Mean over 3 x 3 positions of what has been padded by 1. Sums of shifted slices: for many channels a quarter of the
 * time of a pooling.
 */
export function neighbourMean(padded: Value): Value {
  const sumOfThree = (x: Value, axis: number) => {
    const size = (x.shape[axis] ?? 0) - 2;
    const shifted = (start: number) => slice(x, { axis, start, end: start + size });
    return add(add(shifted(0), shifted(1)), shifted(2));
  };
  return mul(sumOfThree(sumOfThree(padded, 2), 3), 1 / 9);
}

/** `log(x + floor)`. */
export function logEnergy(x: Value): Value {
  return log(add(x, LOG_FLOOR));
}

/** What a bank answers at every `stride`-th position of one channel, borders repeated. */
export function filtered(x: Value, { kernels, radius }: FilterBank, stride = 1): Value {
  return conv(padEdges(x, radius), x.graph.constant(kernels), { strides: stride });
}

/**
 * Amplitudes of a quadrature bank's answers: `[n, 1, height, width]` -> `[n, orientations, ...]`.
 * Even and odd answers stay in one tensor and are paired by a 1 x 1 convolution: cheaper than cutting it in two.
 */
export function gaborEnergy(x: Value, bank: FilterBank, stride = 1): Value {
  const answers = filtered(x, bank, stride);
  const orientations = (answers.shape[1] ?? 0) / 2;
  const pairs = Float32Array.from({ length: 2 * orientations ** 2 }, (_, at) =>
    at % orientations === Math.floor(at / (2 * orientations)) ? 1 : 0,
  );
  const sums = conv(
    mul(answers, answers),
    x.graph.constant(float32([orientations, 2 * orientations, 1, 1], pairs)),
  );
  return sqrt(add(sums, 1e-12));
}

/** `sqrt(E[x^2] - E[x]^2)` from the two means. */
export function deviation(mean: Value, meanOfSquares: Value): Value {
  return sqrt(add(relu(sub(meanOfSquares, mul(mean, mean))), 1e-8));
}

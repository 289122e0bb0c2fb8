import type { ConvAttributes } from "../operators/convolution.ts";
import { mul } from "../operators/elementwise.ts";
import { slice } from "../operators/indexing.ts";
import { gemm, matMul } from "../operators/linear.ts";
import { pad } from "../operators/padding.ts";
import { reduceSum } from "../operators/reduction.ts";
import { concat, reshape, transpose } from "../operators/shape.ts";
import { type Window, windowOf } from "../operators/window.ts";
import { elementCount, type Shape } from "../tensor.ts";
import { at, type Value } from "../value.ts";
import { swapped } from "./linear.ts";

/** Below that many channels, one product over the columns of all taps beats one product per tap. */
const FEW_CHANNELS = 16;

/**
 * The gradient of a convolution by its weight `[out, in / groups, ...kernel]`. For each tap of the kernel, the part
 * of the padded input that the tap saw is cut out and multiplied with the output's gradient: matrix products over
 * all positions, which are faster than the gradient written as a convolution.
 */
export function convWeightGradient(g: Value, x: Value, weight: Value, attributes: ConvAttributes): Value {
  const { groups } = attributes;
  const window = windowOf(weight.shape.slice(2), attributes);
  const seen = (input: Value) => viewsOfTaps(input, window, g.shape.slice(2));
  const [out, channels] = [at(weight.shape, 0), at(weight.shape, 1)];
  if (groups > 1) {
    const each = channels === 1 && out === groups ? depthwise : perGroup;
    return fromTaps(
      seen(x).map((view) => each(g, view, groups)),
      weight.shape,
    );
  }
  if (channels < FEW_CHANNELS && elementCount(window.kernel) > 1) {
    const columns = joined(seen(x).map(flatPositions), 1);
    const product = reshape(overBatch(flatPositions(g), columns), [out, -1, channels]);
    return reshape(transpose(product, [0, 2, 1]), weight.shape);
  }
  if (manyChannels(g, channels)) {
    const rows = channelRows(channelsFirst(g));
    const product = (view: Value) => gemm(rows, channelRows(view), undefined, { transposeB: true });
    return fromTaps(seen(channelsFirst(x)).map(product), weight.shape);
  }
  const flat = flatPositions(g);
  return fromTaps(
    seen(x).map((view) => overBatch(flat, flatPositions(view))),
    weight.shape,
  );
}

/** One `[out, in / groups]` per tap -> `[out, in / groups, ...kernel]`. */
function fromTaps(perTap: readonly Value[], shape: Shape): Value {
  // A transposition would be as plain, but onnxruntime rewrites it into one ten times as slow.
  return reshape(
    joined(
      perTap.map((product) => reshape(product, [-1, 1])),
      1,
    ),
    shape,
  );
}

/** `[n, out, positions] x [n, in, positions]` -> `[out, in]`: a product per picture, and their sum. */
function overBatch(g: Value, seen: Value): Value {
  return reduceSum(matMul(g, swapped(seen)), { axes: [0] });
}

/**
 * Whether the products per picture would not be small against what they are made of: then everything is turned to
 * `[channels, n * positions]` once, and one product per tap sums over the batch by itself.
 */
function manyChannels(g: Value, channels: number): boolean {
  const [out, positions] = [at(g.shape, 1), elementCount(g.shape.slice(2))];
  return 4 * out * channels > positions * (out + channels);
}

function depthwise(g: Value, seen: Value): Value {
  return reduceSum(mul(g, seen), { axes: g.shape.map((_, axis) => axis).filter((axis) => axis !== 1) });
}

function perGroup(g: Value, seen: Value, groups: number): Value {
  const [batch, positions] = [at(g.shape, 0), elementCount(g.shape.slice(2))];
  const split = (value: Value) => reshape(value, [batch, groups, at(value.shape, 1) / groups, positions]);
  return reduceSum(matMul(split(g), swapped(split(seen))), { axes: [0] });
}

/** For each tap, in row-major order, what it saw: `[n, in, ...positions of the output]`. */
function viewsOfTaps(x: Value, window: Window, positions: Shape): readonly Value[] {
  const padded = paddedInput(x, window);
  return tapsOf(window.kernel).map((tap) => {
    const [first, ...others] = tap.map((index, axis) => {
      const start = index * at(window.dilations, axis);
      const step = at(window.strides, axis);
      return { axis: axis + 2, start, end: start + (at(positions, axis) - 1) * step + 1, step };
    });
    const whole = [first, ...others].every(
      (range) =>
        range === undefined || (range.step === 1 && range.end - range.start === at(padded.shape, range.axis)),
    );
    return first === undefined || whole ? padded : slice(padded, first, ...others);
  });
}

function paddedInput(x: Value, { kernel, pads }: Window): Value {
  if (pads.every((size) => size === 0)) return x;
  const spatial = kernel.map((_, axis) => [at(pads, axis), at(pads, axis + kernel.length)] as const);
  return pad(x, [[0, 0], [0, 0], ...spatial]);
}

function tapsOf(kernel: readonly number[]): readonly (readonly number[])[] {
  return kernel.reduce<readonly (readonly number[])[]>(
    (taps, size) => taps.flatMap((tap) => Array.from({ length: size }, (_, index) => [...tap, index])),
    [[]],
  );
}

function flatPositions(x: Value): Value {
  return reshape(x, [at(x.shape, 0), at(x.shape, 1), elementCount(x.shape.slice(2))]);
}

/** `[n, channels, ...]` -> `[channels, n, ...]` */
function channelsFirst(x: Value): Value {
  return transpose(x, [1, 0, ...x.shape.map((_, axis) => axis).slice(2)]);
}

/** `[channels, n, ...]` -> `[channels, n * positions]` */
function channelRows(x: Value): Value {
  return reshape(x, [at(x.shape, 0), -1]);
}

function joined(values: readonly Value[], axis: number): Value {
  return concat([at(values, 0), ...values.slice(1)], axis);
}

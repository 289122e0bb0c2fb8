import { add, cast, less, mul, where } from "../operators/elementwise.ts";
import { explicitRange, type SliceRange, scatterAdd, slice } from "../operators/indexing.ts";
import { matMul } from "../operators/linear.ts";
import { type PadAttributes, type PadPair, pad } from "../operators/padding.ts";
import { expand, reshape, transpose, unsqueeze } from "../operators/shape.ts";
import { axisOf, sizeOf, withSize } from "../rules.ts";
import { elementCount, int64, type Shape } from "../tensor.ts";
import { at, type Value } from "../value.ts";
import { type GradientRule, ruleOfOne, unaryRule } from "./rule.ts";

/** Gradients of what cuts out, picks and surrounds. */
export const INDEXING: Readonly<Record<string, GradientRule>> = {
  Slice: unaryRule<readonly SliceRange[]>((g, x, _y, ranges) =>
    ranges.reduce((spread, range) => backIntoAxis(spread, explicitRange(x.shape, range), x), g),
  ),
  Gather: ruleOfOne<number>((g, { inputs, attributes }) => {
    const [x, indices] = [at(inputs, 0), at(inputs, 1)];
    return [() => backToPicked(g, x, indices, axisOf(x.shape, attributes)), null];
  }),
  Pad: unaryRule<PadAttributes>((g, x, _y, { pads, mode = "constant" }) =>
    pads.reduce((cut, pair, axis) => withoutPads(cut, axis, pair, sizeOf(x.shape, axis), mode), g),
  ),
};

/** Puts a slice back where it was cut out along one axis, between zeros. */
function backIntoAxis(g: Value, { axis, start, step }: Required<SliceRange>, x: Value): Value {
  const room = sizeOf(x.shape, axis) - start;
  const spread = step === 1 ? g : firstOf(withGaps(g, axis, step), axis, room);
  const after = room - sizeOf(spread.shape, axis);
  return start + after === 0 ? spread : padAxis(spread, axis, [start, after]);
}

/** Zeros after each element, `step - 1` of them. */
function withGaps(g: Value, axis: number, step: number): Value {
  const gaps = padAxis(unsqueeze(g, [axis + 1]), axis + 1, [0, step - 1]);
  return reshape(gaps, withSize(g.shape, axis, step * sizeOf(g.shape, axis)));
}

function firstOf(x: Value, axis: number, most: number): Value {
  return sizeOf(x.shape, axis) <= most ? x : slice(x, { axis, end: most });
}

function padAxis(x: Value, axis: number, pair: PadPair): Value {
  return pad(
    x,
    x.shape.map((_, index) => (index === axis ? pair : [0, 0])),
  );
}

/** Adds each picked element's gradient to where it was picked from. */
function backToPicked(g: Value, x: Value, indices: Value, axis: number): Value {
  const [before, after] = [elementCount(x.shape.slice(0, axis)), elementCount(x.shape.slice(axis + 1))];
  const size = sizeOf(x.shape, axis);
  const picked = reshape(cast(indices, "int64"), [1, -1, 1]);
  const counted = where(less(picked, 0), add(picked, size), picked);
  const offsets = Array.from({ length: before * after }, (_, index) => {
    const outer = Math.floor(index / after);
    return outer * size * after + (index - outer * after);
  });
  const places = add(mul(counted, after), x.graph.constant(int64([before, 1, after], offsets)));
  const zeros = expand(x.graph.scalar(x.type, 0), [elementCount(x.shape)]);
  return reshape(scatterAdd(zeros, reshape(places, [-1]), reshape(g, [-1])), x.shape);
}

/** Takes the pads off along one axis; what they repeated gets their gradients added. */
function withoutPads(
  g: Value,
  axis: number,
  [before, after]: PadPair,
  size: number,
  mode: PadAttributes["mode"],
): Value {
  if (before + after === 0) return g;
  if (mode === "constant") return slice(g, { axis, start: before, end: before + size });
  const source = (position: number) => {
    const inside = Math.min(size - 1, Math.max(0, position));
    // Edge repeats the border, reflect goes back from it.
    return mode === "edge" ? inside : 2 * inside - position;
  };
  const sources = Array.from({ length: before + size + after }, (_, index) => source(index - before));
  const chosen = sources.flatMap((from) => Array.from({ length: size }, (_, to) => Number(from === to)));
  const matrix = constantOf(g, [sources.length, size], chosen);
  const order = g.shape.map((_, index) => index).filter((index) => index !== axis);
  const product = matMul(matrixRows(transpose(g, [...order, axis])), matrix);
  const moved = reshape(product, [...order.map((index) => sizeOf(g.shape, index)), size]);
  return transpose(
    moved,
    g.shape.map((_, index) => (index === axis ? order.length : order.indexOf(index))),
  );
}

function matrixRows(x: Value): Value {
  return reshape(x, [-1, sizeOf(x.shape, -1)]);
}

function constantOf({ graph, type }: Value, shape: Shape, values: readonly number[]): Value {
  const data = Float64Array.from(values);
  return cast(graph.constant({ type: "float64", shape, data }), type);
}

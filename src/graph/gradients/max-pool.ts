import { cast, equal, mul, sub } from "../operators/elementwise.ts";
import { scatterAdd, slice } from "../operators/indexing.ts";
import { pad } from "../operators/padding.ts";
import { type PoolOptions, poolWindow } from "../operators/pooling.ts";
import { concat, expand, reshape, unsqueeze } from "../operators/shape.ts";
import { elementCount } from "../tensor.ts";
import { at, type Value } from "../value.ts";
import { ruleOfOne } from "./rule.ts";

/** Each window's gradient goes to its maximum, the first one (row-major) of equal ones; overlapping windows add up. */
export const maxPoolRule = ruleOfOne<PoolOptions>((g, { inputs, outputs, attributes }) => {
  const [x, y, indices] = [at(inputs, 0), at(outputs, 0), at(outputs, 1)];
  return [() => (halves(x, attributes) ? toWinnersOfFour(g, x, y) : toIndices(g, x, indices))];
});

/** 2 x 2 windows side by side. */
function halves(x: Value, options: PoolOptions): boolean {
  const { kernel, strides, pads, dilations } = poolWindow(x, options);
  const all = (list: readonly number[], size: number) => list.every((entry) => entry === size);
  return kernel.length === 2 && all(kernel, 2) && all(strides, 2) && all(pads, 0) && all(dilations, 1);
}

function toIndices(g: Value, x: Value, indices: Value): Value {
  const zeros = expand(x.graph.scalar(x.type, 0), [elementCount(x.shape)]);
  return reshape(scatterAdd(zeros, reshape(indices, [-1]), reshape(g, [-1])), x.shape);
}

/**
 * The same without indices, for which onnxruntime has no fast kernel: the four elements of each window come apart
 * into pictures of the output's size, are compared with the maximum one after another, and go together again.
 */
function toWinnersOfFour(g: Value, x: Value, y: Value): Value {
  const [height, width] = [2 * at(y.shape, 2), 2 * at(y.shape, 3)];
  let rest = g;
  const claimed = (row: number, column: number) => {
    const candidates = slice(
      x,
      { axis: 2, start: row, end: height, step: 2 },
      { axis: 3, start: column, end: width, step: 2 },
    );
    const won = mul(rest, cast(equal(candidates, y), g.type));
    rest = sub(rest, won);
    return won;
  };
  const topLeft = claimed(0, 0);
  const topRight = claimed(0, 1);
  const bottomLeft = claimed(1, 0);
  const together = interleaved([interleaved([topLeft, bottomLeft], 3), interleaved([topRight, rest], 3)], 5);
  const covered = reshape(together, [...y.shape.slice(0, 2), height, width]);
  const missing = x.shape.map((size, axis) => [0, size - at(covered.shape, axis)] as const);
  // Windows leave a last row or column over where the size is odd.
  return missing.every(([, after]) => after === 0) ? covered : pad(covered, missing);
}

/** Elements of two values by turns: along the new axis `axis`, the axis before it counts the pairs. */
function interleaved([first, second]: readonly [Value, Value], axis: number): Value {
  return concat([unsqueeze(first, [axis]), unsqueeze(second, [axis])], axis);
}

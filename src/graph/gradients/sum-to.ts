import { reduceSum } from "../operators/reduction.ts";
import { reshape } from "../operators/shape.ts";
import { type Shape, sameShape } from "../tensor.ts";
import type { Value } from "../value.ts";

/** Takes a broadcast back: sums over the axes along which something of `shape` was repeated. */
export function sumTo(gradient: Value, shape: Shape): Value {
  if (sameShape(gradient.shape, shape)) return gradient;
  const lead = gradient.shape.length - shape.length;
  const axes = gradient.shape.flatMap((size, axis) =>
    axis < lead || (shape[axis - lead] === 1 && size > 1) ? [axis] : [],
  );
  const summed = axes.length === 0 ? gradient : reduceSum(gradient, { axes, keepDims: true });
  return reshape(summed, shape);
}

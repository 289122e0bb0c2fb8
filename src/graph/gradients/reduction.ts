import { cast, div, equal, mul, where } from "../operators/elementwise.ts";
import { type ReduceOptions, reduceSum } from "../operators/reduction.ts";
import { expand, reshape } from "../operators/shape.ts";
import { axesOf } from "../rules.ts";
import { elementCount, type Shape } from "../tensor.ts";
import type { Value } from "../value.ts";
import { type GradientRule, unaryRule } from "./rule.ts";

/** Gradients of reductions: what was reduced gets its share of the result's gradient. */
export const REDUCTION: Readonly<Record<string, GradientRule>> = {
  ReduceSum: unaryRule<ReduceOptions>((g, x, _y, options) => expand(kept(g, x, options), x.shape)),
  ReduceMean: unaryRule<ReduceOptions>((g, x, y, options) => {
    const count = elementCount(x.shape) / elementCount(y.shape);
    return expand(kept(div(g, count), x, options), x.shape);
  }),
  ReduceMax: unaryRule(extremum),
  ReduceMin: unaryRule(extremum),
  // The zero vector has no direction: 0, as in torch.
  ReduceL2: unaryRule<ReduceOptions>((g, x, y, options) =>
    mul(x, kept(where(equal(y, 0), 0, div(g, y)), x, options)),
  ),
};

/** Equal extrema share the gradient evenly, as in torch's amax and amin. */
function extremum(g: Value, x: Value, y: Value, options: ReduceOptions): Value {
  const chosen = cast(equal(x, kept(y, x, options)), x.type);
  const count = reduceSum(chosen, { axes: axesOfReduction(x.shape, options), keepDims: true });
  return mul(chosen, div(kept(g, x, options), count));
}

/** A result of the reduction with its reduced axes back, of size 1. */
function kept(value: Value, { shape }: Value, options: ReduceOptions): Value {
  const reduced = new Set(axesOfReduction(shape, options));
  return reshape(
    value,
    shape.map((size, axis) => (reduced.has(axis) ? 1 : size)),
  );
}

function axesOfReduction(shape: Shape, { axes }: ReduceOptions): readonly number[] {
  return axesOf(shape, axes ?? shape.map((_, axis) => axis));
}

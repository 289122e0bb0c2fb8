import { concat, expand, reshape, split, transpose } from "../operators/shape.ts";
import { sizeOf } from "../rules.ts";
import { at, type Value } from "../value.ts";
import { type GradientRule, once, rule, ruleOfOne, unaryRule } from "./rule.ts";
import { sumTo } from "./sum-to.ts";

/** Gradients of operators that only move numbers: they move back. */
export const SHAPE: Readonly<Record<string, GradientRule>> = {
  Reshape: unaryRule((g, x) => reshape(g, x.shape)),
  Squeeze: unaryRule((g, x) => reshape(g, x.shape)),
  Unsqueeze: unaryRule((g, x) => reshape(g, x.shape)),
  Expand: unaryRule((g, x) => sumTo(g, x.shape)),
  Transpose: unaryRule<readonly number[]>((g, _x, _y, order) =>
    transpose(
      g,
      order.map((_, axis) => order.indexOf(axis)),
    ),
  ),
  Concat: ruleOfOne<number>((g, { inputs, attributes: axis }) => {
    const pieces = once(() =>
      split(
        g,
        inputs.map(({ shape }) => sizeOf(shape, axis)),
        axis,
      ),
    );
    return inputs.map((_, index) => () => at(pieces(), index));
  }),
  Split: rule<{ readonly axis: number }>(({ outputs, gradients, attributes: { axis } }) => [
    () => {
      const [first, ...others] = outputs.map((output, index) => gradients[index] ?? zeros(output));
      if (first === undefined) throw new RangeError("a split without outputs");
      return concat([first, ...others], axis);
    },
  ]),
};

function zeros({ graph, type, shape }: Value): Value {
  return expand(graph.scalar(type, 0), shape);
}

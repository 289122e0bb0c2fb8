import { type ConvAttributes, conv } from "../operators/convolution.ts";
import { reduceSum } from "../operators/reduction.ts";
import { transpose } from "../operators/shape.ts";
import { convTranspose } from "../operators/transposed-convolution.ts";
import { windowOf } from "../operators/window.ts";
import { at, type Value } from "../value.ts";
import { convWeightGradient } from "./convolution-weight.ts";
import { type GradientRule, ruleOfOne } from "./rule.ts";

/** The gradient of a convolution by its input, its weight and its bias. */
export const CONVOLUTION: Readonly<Record<string, GradientRule>> = {
  Conv: ruleOfOne<ConvAttributes>((g, { inputs, attributes }) => {
    const [x, weight] = [at(inputs, 0), at(inputs, 1)];
    return [
      () => inputGradient(g, x, weight, attributes),
      () => convWeightGradient(g, x, weight, attributes),
      () => reduceSum(g, { axes: g.shape.map((_, axis) => axis).filter((axis) => axis !== 1) }),
    ];
  }),
};

function inputGradient(g: Value, x: Value, weight: Value, attributes: ConvAttributes): Value {
  const { kernel, strides, pads } = windowOf(weight.shape.slice(2), attributes);
  const pointwise = [...kernel, ...strides].every((size) => size === 1) && pads.every((pad) => pad === 0);
  // One product per picture, without the pass that a transposed convolution makes over its columns.
  if (pointwise && attributes.groups === 1) return conv(g, transpose(weight, [1, 0, ...axesFrom(2, weight)]));
  return convTranspose(g, weight, { ...attributes, spatial: x.shape.slice(2) });
}

function axesFrom(first: number, { shape }: Value): readonly number[] {
  return shape.map((_, axis) => axis).slice(first);
}

import type { ConvAttributes } from "../operators/convolution.ts";
import { reduceSum } from "../operators/reduction.ts";
import { at } from "../value.ts";
import { convInputGradient } from "./convolution-input.ts";
import { convWeightGradient } from "./convolution-weight.ts";
import { type GradientRule, ruleOfOne } from "./rule.ts";

/** The gradient of a convolution by its input, its weight and its bias. */
export const CONVOLUTION: Readonly<Record<string, GradientRule>> = {
  Conv: ruleOfOne<ConvAttributes>((g, { inputs, attributes }) => {
    const [x, weight] = [at(inputs, 0), at(inputs, 1)];
    return [
      () => convInputGradient(g, x, weight, attributes),
      () => convWeightGradient(g, x, weight, attributes),
      () => reduceSum(g, { axes: g.shape.map((_, axis) => axis).filter((axis) => axis !== 1) }),
    ];
  }),
};

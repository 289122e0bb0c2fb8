import { div, exp, mul, neg, sigmoid, sub } from "../operators/elementwise.ts";
import { reduceSum } from "../operators/reduction.ts";
import { elementCount } from "../tensor.ts";
import { at } from "../value.ts";
import { type GradientRule, once, ruleOfOne } from "./rule.ts";

/** Gradients of the losses, each in closed form. */
export const LOSSES: Readonly<Record<string, GradientRule>> = {
  SoftCrossEntropy: ruleOfOne((g, { inputs, outputs }) => {
    const [targets, logProbabilities] = [at(inputs, 1), at(outputs, 1)];
    return [
      () => {
        const weight = reduceSum(targets, { axes: [1], keepDims: true });
        return mul(g, sub(mul(exp(logProbabilities), weight), targets));
      },
      () => neg(mul(g, logProbabilities)),
    ];
  }),
  BinaryCrossEntropyWithLogits: ruleOfOne((g, { inputs }) => {
    const [logits, targets] = [at(inputs, 0), at(inputs, 1)];
    const each = once(() => div(g, elementCount(logits.shape)));
    return [() => mul(sub(sigmoid(logits), targets), each()), () => neg(mul(logits, each()))];
  }),
  MeanSquaredError: ruleOfOne((g, { inputs, outputs }) => {
    const difference = at(outputs, 1);
    const slope = once(() => mul(difference, mul(g, 2 / elementCount(at(inputs, 0).shape))));
    return [slope, () => neg(slope())];
  }),
};

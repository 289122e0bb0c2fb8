import { add, div, exp, mul, sqrt, sub } from "../operators/elementwise.ts";
import { reduceMean, reduceSum } from "../operators/reduction.ts";
import { at } from "../value.ts";
import { type GradientRule, once, ruleOfOne, unaryRule } from "./rule.ts";
import { sumTo } from "./sum-to.ts";

/** Gradients of normalisations along one axis. */
export const NORMALISATION: Readonly<Record<string, GradientRule>> = {
  Softmax: unaryRule<number>((g, _x, y, axis) =>
    mul(y, sub(g, reduceSum(mul(g, y), { axes: [axis], keepDims: true }))),
  ),
  LogSoftmax: unaryRule<number>((g, _x, y, axis) =>
    sub(g, mul(exp(y), reduceSum(g, { axes: [axis], keepDims: true }))),
  ),
  LayerNormalization: ruleOfOne<number>((g, { inputs, attributes: epsilon }) => {
    const [x, scale, bias] = [at(inputs, 0), at(inputs, 1), at(inputs, 2)];
    const last = { axes: [-1], keepDims: true };
    const centred = once(() => sub(x, reduceMean(x, last)));
    const deviation = once(() => sqrt(add(reduceMean(mul(centred(), centred()), last), epsilon)));
    const normalised = once(() => div(centred(), deviation()));
    return [
      () => {
        const scaled = mul(g, scale);
        const along = mul(normalised(), reduceMean(mul(scaled, normalised()), last));
        return div(sub(sub(scaled, reduceMean(scaled, last)), along), deviation());
      },
      () => sumTo(mul(g, normalised()), scale.shape),
      () => sumTo(g, bias.shape),
    ];
  }),
};

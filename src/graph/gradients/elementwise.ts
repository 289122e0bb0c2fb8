import {
  add,
  cast,
  div,
  equal,
  erf,
  exp,
  isPositive,
  mul,
  neg,
  sign,
  sub,
  where,
} from "../operators/elementwise.ts";
import { at } from "../value.ts";
import { type GradientRule, rule, ruleOfOne, unaryRule } from "./rule.ts";
import { sumTo } from "./sum-to.ts";

/** Gradients of functions of one operand, and of the choice between two. */
export const ELEMENTWISE: Readonly<Record<string, GradientRule>> = {
  Neg: unaryRule((g) => neg(g)),
  Abs: unaryRule((g, x) => mul(g, sign(x))),
  Exp: unaryRule((g, _x, y) => mul(g, y)),
  Log: unaryRule((g, x) => div(g, x)),
  Sqrt: unaryRule((g, _x, y) => div(mul(g, 0.5), y)),
  Erf: unaryRule((g, x) => mul(g, mul(exp(neg(mul(x, x))), 2 / Math.sqrt(Math.PI)))),
  Sigmoid: unaryRule((g, _x, y) => mul(g, mul(y, sub(1, y)))),
  Tanh: unaryRule((g, _x, y) => mul(g, sub(1, mul(y, y)))),
  // At 0 the gradient is 0, as in torch.
  Relu: unaryRule((g, _x, y) => mul(g, isPositive(y))),
  Gelu: unaryRule((g, x) => {
    const cumulative = mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5);
    const density = mul(exp(mul(mul(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
    return mul(g, add(cumulative, mul(x, density)));
  }),
  Silu: ruleOfOne((g, { inputs, outputs }) => [
    () => {
      const [x, gate] = [at(inputs, 0), at(outputs, 1)];
      return mul(g, mul(gate, add(mul(x, sub(1, gate)), 1)));
    },
  ]),
  // Sign has slope 0 wherever it has one.
  Sign: rule(() => [null]),
  // The bounds themselves let the gradient through, as in torch.
  Clip: unaryRule((g, x, y) => where(equal(x, y), g, 0)),
  Cast: unaryRule((g, x) => cast(g, x.type)),
  Where: ruleOfOne((g, { inputs }) => {
    const [condition, a, b] = [at(inputs, 0), at(inputs, 1), at(inputs, 2)];
    return [null, () => sumTo(where(condition, g, 0), a.shape), () => sumTo(where(condition, 0, g), b.shape)];
  }),
};

import {
  add,
  div,
  equal,
  greater,
  log,
  mul,
  neg,
  type Operand,
  pow,
  sign,
  sub,
  where,
} from "../operators/elementwise.ts";
import { at, type Value } from "../value.ts";
import { type GradientRule, ruleOfOne } from "./rule.ts";
import { sumTo } from "./sum-to.ts";

/** Gradients of operators with two operands that broadcast. */
export const ARITHMETIC: Readonly<Record<string, GradientRule>> = {
  Add: binary(
    (g) => g,
    (g) => g,
  ),
  Sub: binary((g) => g, neg),
  Mul: binary(
    (g, _a, b) => mul(g, b),
    (g, a) => mul(g, a),
  ),
  Div: binary(
    (g, _a, b) => div(g, b),
    (g, _a, b, y) => neg(div(mul(g, y), b)),
  ),
  Pow: binary(
    // x^0 is constant, but 0 * 0^-1 would be no number.
    (g, a, b) => mul(g, where(equal(b, 0), 0, mul(b, pow(a, sub(b, 1))))),
    // Bases that are not positive have no derivative by the exponent: 0.
    (g, a, _b, y) => mul(g, mul(y, log(where(greater(a, 0), a, 1)))),
  ),
  Max: binary(
    (g, a, b) => mul(g, share(a, b)),
    (g, a, b) => mul(g, share(b, a)),
  ),
  Min: binary(
    (g, a, b) => mul(g, share(b, a)),
    (g, a, b) => mul(g, share(a, b)),
  ),
};

/** 1 where `a` is greater, 0 where `b` is; equal ones share, as in torch. */
function share(a: Value, b: Operand): Value {
  return add(mul(sign(sub(a, b)), 0.5), 0.5);
}

type Part = (gradient: Value, a: Value, b: Value, y: Value) => Value;

function binary(byA: Part, byB: Part): GradientRule {
  return ruleOfOne((gradient, { inputs, outputs }) => {
    const [a, b, y] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)];
    return [() => sumTo(byA(gradient, a, b, y), a.shape), () => sumTo(byB(gradient, a, b, y), b.shape)];
  });
}

import type { Composite, Operator } from "../operator.ts";
import { inputOf } from "../rules.ts";
import { apply, applyComposite, at, type Value } from "../value.ts";
import { mul, sigmoid } from "./elementwise.ts";

const geluOperator: Operator<null> = {
  type: "Gelu",
  infer: (inputs) => [inputOf(inputs, 0, ["float32"])],
};

/** `x / 2 (1 + erf(x / sqrt(2)))`, torch's default (not the tanh approximation). float32. */
export function gelu(x: Value): Value {
  return apply(geluOperator, [x], null);
}

const siluComposite: Composite<null> = {
  type: "Silu",
  expand(inputs) {
    const x = at(inputs, 0);
    const gate = sigmoid(x);
    // The gate is kept for the gradient.
    return [mul(x, gate), gate];
  },
};

/** `x sigmoid(x)`, also called swish. */
export function silu(x: Value): Value {
  return at(applyComposite(siluComposite, [x], null), 0);
}

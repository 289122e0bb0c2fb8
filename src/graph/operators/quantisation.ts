import { demand } from "../graph-error.ts";
import type { Operator } from "../operator.ts";
import { demandShape, inputOf, sizeOf } from "../rules.ts";
import { describe } from "../tensor.ts";
import { apply, applyAll, at, type Value } from "../value.ts";

const dynamicQuantizeOperator: Operator<null> = {
  type: "DynamicQuantizeLinear",
  infer(inputs) {
    const { shape } = inputOf(inputs, 0, ["float32"]);
    return [
      { type: "uint8", shape },
      { type: "float32", shape: [] },
      { type: "uint8", shape: [] },
    ];
  },
};

/** Numbers as bytes over their own range, which is found at each run: `x = scale (bytes - zero)` to half a step. */
export function dynamicQuantize(x: Value): { bytes: Value; scale: Value; zero: Value } {
  const outputs = applyAll(dynamicQuantizeOperator, [x], null);
  return { bytes: at(outputs, 0), scale: at(outputs, 1), zero: at(outputs, 2) };
}

const matMulIntegerOperator: Operator<null> = {
  type: "MatMulInteger",
  infer(inputs) {
    const [a, b] = [inputOf(inputs, 0, ["uint8"]), inputOf(inputs, 1, ["int8"])];
    demand(
      a.shape.length >= 2 && b.shape.length === 2 && sizeOf(a.shape, -1) === sizeOf(b.shape, 0),
      () => `expected [..., m, k] and [k, n], got ${describe(a)} and ${describe(b)}`,
    );
    demandShape("a zero point", inputOf(inputs, 2, ["uint8"]), []);
    return [{ type: "int32", shape: [...a.shape.slice(0, -1), sizeOf(b.shape, 1)] }];
  },
};

/** `(a - zero) b` in int32: `[..., m, k]` uint8 less a scalar, times `[k, n]` int8. */
export function matMulInteger(a: Value, b: Value, zero: Value): Value {
  return apply(matMulIntegerOperator, [a, b, zero], null);
}

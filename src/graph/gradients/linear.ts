import { mul } from "../operators/elementwise.ts";
import { type GemmOptions, gemm, matMul } from "../operators/linear.ts";
import { reshape, transpose } from "../operators/shape.ts";
import { at, type Value } from "../value.ts";
import { type GradientRule, ruleOfOne } from "./rule.ts";
import { sumTo } from "./sum-to.ts";

/** Gradients of matrix products. */
export const LINEAR: Readonly<Record<string, GradientRule>> = {
  MatMul: ruleOfOne((g, { inputs }) => {
    const [a, b] = [at(inputs, 0), at(inputs, 1)];
    return [
      () => sumTo(matMul(g, swapped(b)), a.shape),
      // One matrix for all of a batch: one product over all rows instead of one per matrix and their sum.
      () =>
        b.shape.length === 2 ? gemm(rows(a), rows(g), undefined, { transposeA: true }) : byRight(g, a, b),
    ];
  }),
  Gemm: ruleOfOne<GemmOptions>((g, { inputs, attributes }) => {
    const { transposeA = false, transposeB = false, alpha = 1, beta = 1 } = attributes;
    const [a, b] = [at(inputs, 0), at(inputs, 1)];
    return [
      () =>
        transposeA
          ? gemm(b, g, undefined, { transposeA: transposeB, transposeB: true, alpha })
          : gemm(g, b, undefined, { transposeB: !transposeB, alpha }),
      () =>
        transposeB
          ? gemm(g, a, undefined, { transposeA: true, transposeB: transposeA, alpha })
          : gemm(a, g, undefined, { transposeA: !transposeA, alpha }),
      () => sumTo(beta === 1 ? g : mul(g, beta), at(inputs, 2).shape),
    ];
  }),
};

function byRight(g: Value, a: Value, b: Value): Value {
  return sumTo(matMul(swapped(a), g), b.shape);
}

/** The last two axes exchanged. onnxruntime joins this with the product. */
export function swapped(x: Value): Value {
  const last = x.shape.length - 1;
  return transpose(x, [...x.shape.keys()].slice(0, -2).concat(last, last - 1));
}

function rows(x: Value): Value {
  return reshape(x, [-1, at(x.shape, -1)]);
}

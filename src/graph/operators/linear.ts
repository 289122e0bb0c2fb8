import { demand } from "../graph-error.ts";
import type { Operator } from "../operator.ts";
import { broadcast, commonType, FLOATS, inputOf, sizeOf } from "../rules.ts";
import { describe, sameShape, type TensorType } from "../tensor.ts";
import { apply, type Value } from "../value.ts";

const matMulOperator: Operator<null> = {
  type: "MatMul",
  infer(inputs) {
    const [a, b] = [inputOf(inputs, 0), inputOf(inputs, 1)];
    demand(
      a.shape.length >= 2 && b.shape.length >= 2 && sizeOf(a.shape, -1) === sizeOf(b.shape, -2),
      () => `expected [..., m, k] and [..., k, n], got ${describe(a)} and ${describe(b)}`,
    );
    const batch = broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2));
    return [
      { type: commonType([a, b], FLOATS), shape: [...batch, sizeOf(a.shape, -2), sizeOf(b.shape, -1)] },
    ];
  },
};

/** `[..., m, k] x [..., k, n] -> [..., m, n]`; the leading axes broadcast. */
export function matMul(a: Value, b: Value): Value {
  return apply(matMulOperator, [a, b], null);
}

/** How `gemm` reads its operands. */
export interface GemmOptions {
  /** `a` is stored as `[k, m]`. */
  readonly transposeA?: boolean;
  /** `b` is stored as `[n, k]`. */
  readonly transposeB?: boolean;
  /** Factor of the product; 1. */
  readonly alpha?: number;
  /** Factor of the addend; 1. */
  readonly beta?: number;
}

const gemmOperator: Operator<GemmOptions> = {
  type: "Gemm",
  infer(inputs, { transposeA = false, transposeB = false }) {
    const type = commonType(inputs, FLOATS);
    const [m, k] = matrix(inputOf(inputs, 0), transposeA);
    const [k2, n] = matrix(inputOf(inputs, 1), transposeB);
    demand(k === k2, () => `expected equal inner sizes, got [${m},${k}] x [${k2},${n}]`);
    const addend = inputs[2];
    demand(
      addend === undefined || sameShape(broadcast(addend.shape, [m, n]), [m, n]),
      () => `expected an addend that broadcasts to [${m},${n}], got [${addend?.shape}]`,
    );
    return [{ type, shape: [m, n] }];
  },
  emit: ({ transposeA = false, transposeB = false, alpha = 1, beta = 1 }) => ({
    attributes: {
      transA: { int: Number(transposeA) },
      transB: { int: Number(transposeB) },
      alpha: { float: alpha },
      beta: { float: beta },
    },
  }),
};

/** `alpha a b + beta addend` of matrices: `[m, k] x [k, n] -> [m, n]`; the addend broadcasts. */
export function gemm(a: Value, b: Value, addend?: Value, options: GemmOptions = {}): Value {
  return apply(gemmOperator, addend === undefined ? [a, b] : [a, b, addend], options);
}

function matrix(input: TensorType, transposed: boolean): readonly [number, number] {
  demand(input.shape.length === 2, () => `expected a matrix, got ${describe(input)}`);
  const [rows, columns] = [sizeOf(input.shape, 0), sizeOf(input.shape, 1)];
  return transposed ? [columns, rows] : [rows, columns];
}

import { element, tabulate } from "./float64-tensor.ts";
import { inputAt, type Kernel, shapeAt } from "./kernel.ts";

/** For tests: matrix products. */
export const LINEAR_KERNELS: Readonly<Record<string, Kernel>> = {
  MatMul: (call) => {
    const [a, b] = [inputAt(call, 0), inputAt(call, 1)];
    const inner = a.shape.at(-1) ?? 0;
    return [
      tabulate(shapeAt(call), (index) => {
        const [batch, row = 0, column = 0] = [index.slice(0, -2), ...index.slice(-2)];
        return sum(inner, (k) => element(a, [...batch, row, k]) * element(b, [...batch, k, column]));
      }),
    ];
  },
  Gemm: (call) => {
    const [a, b, addend] = [inputAt(call, 0), inputAt(call, 1), call.inputs[2]];
    const [turnA, turnB] = [call.number("transA", 0) === 1, call.number("transB", 0) === 1];
    const [alpha, beta] = [call.number("alpha", 1), call.number("beta", 1)];
    const inner = a.shape[turnA ? 0 : 1] ?? 0;
    return [
      tabulate(shapeAt(call), (index) => {
        const [row = 0, column = 0] = index;
        const product = sum(
          inner,
          (k) => element(a, turnA ? [k, row] : [row, k]) * element(b, turnB ? [column, k] : [k, column]),
        );
        return alpha * product + (addend ? beta * element(addend, index) : 0);
      }),
    ];
  },
};

function sum(count: number, term: (k: number) => number): number {
  let total = 0;
  for (let k = 0; k < count; k++) total += term(k);
  return total;
}

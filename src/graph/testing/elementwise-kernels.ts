import { element, type Numbers, tabulate } from "./float64-tensor.ts";
import { inputAt, type Kernel, shapeAt } from "./kernel.ts";

/** For tests: what works element by element. */
export const ELEMENTWISE_KERNELS: Readonly<Record<string, Kernel>> = {
  Add: binary((a, b) => a + b),
  Sub: binary((a, b) => a - b),
  Mul: binary((a, b) => a * b),
  Div: binary((a, b) => a / b),
  Pow: binary((a, b) => a ** b),
  Max: binary(Math.max),
  Min: binary(Math.min),
  Equal: binary((a, b) => Number(a === b)),
  Less: binary((a, b) => Number(a < b)),
  Greater: binary((a, b) => Number(a > b)),
  Neg: unary((x) => -x),
  Abs: unary(Math.abs),
  Sign: unary(Math.sign),
  Sqrt: unary(Math.sqrt),
  Log: unary(Math.log),
  Exp: unary(Math.exp),
  Relu: unary((x) => Math.max(x, 0)),
  Sigmoid: unary((x) => 1 / (1 + Math.exp(-x))),
  Tanh: unary(Math.tanh),
  Erf: unary(erf),
  Gelu: unary((x) => (x / 2) * (1 + erf(x * Math.SQRT1_2))),
  HardSigmoid: (call) => {
    const [alpha, beta] = [call.number("alpha", 0.2), call.number("beta", 0.5)];
    return unary((x) => Math.max(0, Math.min(1, alpha * x + beta)))(call);
  },
  Clip: (call) => {
    const [least = Number.NaN] = inputAt(call, 1).data;
    const [most = Number.NaN] = inputAt(call, 2).data;
    return unary((x) => Math.min(most, Math.max(least, x)))(call);
  },
  Cast: (call) => {
    const whole = call.type === "int32" || call.type === "int64";
    return unary((x) => (whole ? Math.trunc(x) : call.type === "bool" ? Number(x !== 0) : x))(call);
  },
  Where: (call) => {
    const [condition, a, b] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2)];
    return [tabulate(shapeAt(call), (index) => element(element(condition, index) === 0 ? b : a, index))];
  },
};

function unary(of: (x: number) => number): Kernel {
  return (call) => [{ shape: shapeAt(call), data: inputAt(call, 0).data.map(of) }];
}

function binary(of: (a: number, b: number) => number): Kernel {
  return (call): readonly Numbers[] => {
    const [a, b] = [inputAt(call, 0), inputAt(call, 1)];
    return [tabulate(shapeAt(call), (index) => of(element(a, index), element(b, index)))];
  };
}

/** To about 1e-13: Maclaurin's series near 0, the continued fraction of erfc (Abramowitz & Stegun 7.1.14) beyond. */
function erf(x: number): number {
  const size = Math.abs(x);
  if (size > 2.5) {
    let fraction = size;
    for (let k = 60; k >= 1; k--) fraction = size + k / 2 / fraction;
    return Math.sign(x) * (1 - Math.exp(-size * size) / (Math.sqrt(Math.PI) * fraction));
  }
  let [sum, term] = [0, x];
  for (let n = 0; n < 60; n++) {
    sum += term / (2 * n + 1);
    term *= (-x * x) / (n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

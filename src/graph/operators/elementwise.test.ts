import { expect, test } from "vitest";
import { compute } from "../../ml/runtime/compute.ts";
import * as ops from "../index.ts";
import { float32, GraphBuilder, GraphError, int64, type Value } from "../index.ts";

const SIGNED = [-2, -0.5, 0, 0.25, 3];
const POSITIVE = [0.1, 0.5, 1, 2, 9];

function erf(x: number): number {
  // Maclaurin series: exact enough for |x| <= 3.
  let [sum, term] = [0, x];
  for (let n = 0; n < 80; n++) {
    sum += term / (2 * n + 1);
    term *= (-x * x) / (n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const UNARY: readonly [name: string, (x: Value) => Value, (x: number) => number, readonly number[]][] = [
  ["neg", ops.neg, (x) => -x, SIGNED],
  ["abs", ops.abs, Math.abs, SIGNED],
  ["sign", ops.sign, Math.sign, SIGNED],
  ["isPositive", ops.isPositive, (x) => Number(x > 0), [...SIGNED, 1e-30, -1e-30, 1e30]],
  ["gelu", ops.gelu, (x) => (x / 2) * (1 + erf(x / Math.SQRT2)), SIGNED],
  ["silu", ops.silu, (x) => x / (1 + Math.exp(-x)), SIGNED],
  ["sqrt", ops.sqrt, Math.sqrt, POSITIVE],
  ["log", ops.log, Math.log, POSITIVE],
  ["exp", ops.exp, Math.exp, SIGNED],
  ["relu", ops.relu, (x) => Math.max(x, 0), SIGNED],
  ["sigmoid", ops.sigmoid, (x) => 1 / (1 + Math.exp(-x)), SIGNED],
  ["tanh", ops.tanh, Math.tanh, SIGNED],
  ["erf", ops.erf, erf, SIGNED],
  ["clip", (x) => ops.clip(x, -1, 1), (x) => Math.min(1, Math.max(-1, x)), SIGNED],
];

test.each(UNARY)("%s is the function of its name", async (_name, operator, reference, values) => {
  const { data } = await compute({ x: float32([values.length], values) }, ({ x }) => operator(x));
  values.forEach((value, index) => {
    expect(data[index]).toBeCloseTo(reference(value), 5);
  });
});

const BINARY: readonly [name: string, typeof ops.add, (a: number, b: number) => number][] = [
  ["add", ops.add, (a, b) => a + b],
  ["sub", ops.sub, (a, b) => a - b],
  ["mul", ops.mul, (a, b) => a * b],
  ["div", ops.div, (a, b) => a / b],
  ["pow", ops.pow, (a, b) => a ** b],
  ["max", ops.max, Math.max],
  ["min", ops.min, Math.min],
  ["equal", ops.equal, (a, b) => Number(a === b)],
  ["less", ops.less, (a, b) => Number(a < b)],
  ["greater", ops.greater, (a, b) => Number(a > b)],
];

test.each(BINARY)("%s broadcasts a column with a row", async (_name, operator, reference) => {
  const [column, row] = [
    [1, 2, 3],
    [3, 0.5],
  ];
  const result = await compute({ a: float32([3, 1], column), b: float32([2], row) }, ({ a, b }) =>
    operator(a, b),
  );
  expect(result.shape).toEqual([3, 2]);
  const expected = column.flatMap((a) => row.map((b) => reference(a, b)));
  expected.forEach((value, index) => {
    expect(result.data[index]).toBeCloseTo(value, 5);
  });
});

test("a plain number becomes a constant of the other operand's type, on either side", async () => {
  const x = int64([3], [1, 2, 3]);
  expect(await compute({ x }, ({ x }) => ops.sub(x, 1))).toEqual(int64([3], [0, 1, 2]));
  expect(await compute({ x }, ({ x }) => ops.sub(1, x))).toEqual(int64([3], [0, -1, -2]));
  expect(() => ops.add(1, 2)).toThrow(RangeError);
});

test("where chooses element by element", async () => {
  const x = float32([4], [-1, 2, -3, 4]);
  expect(await compute({ x }, ({ x }) => ops.where(ops.less(x, 0), 0, x))).toEqual(
    float32([4], [0, 2, 0, 4]),
  );
});

test("cast truncates towards zero, and to its own type changes nothing", async () => {
  const x = float32([4], [-1.7, -0.2, 0.9, 2.5]);
  expect(await compute({ x }, ({ x }) => ops.cast(x, "int64"))).toEqual(int64([4], [-1, 0, 0, 2]));
  expect((await compute({ x }, ({ x }) => ops.cast(x, "bool"))).data).toEqual(Uint8Array.of(1, 1, 1, 1));
  const value = new GraphBuilder("same").input("x", "float32", [1]);
  expect(ops.cast(value, "float32")).toBe(value);
});

test("types and shapes that do not fit are refused", () => {
  const graph = new GraphBuilder("refused");
  const a = graph.input("a", "float32", [2, 3]);
  const b = graph.input("b", "float32", [4]);
  const c = graph.input("c", "int64", [3]);
  expect(() => ops.add(a, b)).toThrow("expected shapes that broadcast, got [2,3] and [4]");
  expect(() => ops.add(a, c)).toThrow("expected inputs of one type, got [2,3] float32 and [3] int64");
  expect(() => ops.sqrt(c)).toThrow("expected input 0 to be float32 or float64, got [3] int64");
  expect(() => ops.where(a, a, a)).toThrow("expected input 0 to be bool");
  expect(() => ops.clip(a, 2, 1)).toThrow(GraphError);
});

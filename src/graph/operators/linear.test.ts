import { expect, test } from "vitest";
import { compute } from "../../ml/runtime/compute.ts";
import { float32, GraphBuilder, gemm, matMul } from "../index.ts";

const A = float32([2, 3], [1, 2, 3, 4, 5, 6]);
const B = float32([3, 2], [7, 8, 9, 10, 11, 12]);
const AB = [58, 64, 139, 154];

test("matMul multiplies matrices", async () => {
  expect(await compute({ a: A, b: B }, ({ a, b }) => matMul(a, b))).toEqual(float32([2, 2], AB));
});

test("matMul broadcasts leading axes", async () => {
  const stack = float32([2, 1, 2, 3], [...A.data, ...A.data.map((value) => 2 * value)]);
  const product = await compute({ a: stack, b: B }, ({ a, b }) => matMul(a, b));
  expect(product).toEqual(float32([2, 1, 2, 2], [...AB, ...AB.map((value) => 2 * value)]));
});

test("gemm transposes, scales and adds", async () => {
  const at = float32([3, 2], [1, 4, 2, 5, 3, 6]);
  const bt = float32([2, 3], [7, 9, 11, 8, 10, 12]);
  const addend = float32([2], [1, -1]);
  const options = { transposeA: true, transposeB: true, alpha: 2, beta: 10 };
  const result = await compute({ at, bt, addend }, (x) => gemm(x.at, x.bt, x.addend, options));
  expect(result).toEqual(float32([2, 2], [126, 118, 288, 298]));
  expect(await compute({ a: A, b: B }, ({ a, b }) => gemm(a, b))).toEqual(float32([2, 2], AB));
});

test("inner sizes must agree", () => {
  const graph = new GraphBuilder("refused");
  const a = graph.input("a", "float32", [2, 3]);
  const wide = graph.input("wide", "float32", [1, 5]);
  expect(() => matMul(a, a)).toThrow(
    "expected [..., m, k] and [..., k, n], got [2,3] float32 and [2,3] float32",
  );
  expect(() => gemm(a, a)).toThrow("expected equal inner sizes, got [2,3] x [2,3]");
  expect(() => gemm(a, a, wide, { transposeB: true })).toThrow("broadcast");
});

import { expect, test } from "vitest";
import { compute } from "../../ml/runtime/compute.ts";
import { averagePool, float32, GraphBuilder, globalAveragePool, maxPool } from "../index.ts";

const X = float32([1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]);

test("averagePool divides by the whole window, padding included", async () => {
  const y = await compute({ x: X }, ({ x }) => averagePool(x, { kernel: 3, pads: 1 }));
  const sums = [12, 21, 16, 27, 45, 33, 24, 39, 28];
  sums.forEach((sum, index) => {
    expect(y.data[index]).toBeCloseTo(sum / 9, 5);
  });
});

test("averagePool can leave the padding out of the mean", async () => {
  const options = { kernel: 3, pads: 1, countPadding: false };
  const y = await compute({ x: X }, ({ x }) => averagePool(x, options));
  expect(y.data[0]).toBeCloseTo(12 / 4, 5);
  expect(y.data[1]).toBeCloseTo(21 / 6, 5);
});

test("maxPool takes the greatest of each window", async () => {
  const y = await compute({ x: X }, ({ x }) => maxPool(x, { kernel: 2, strides: 1 }));
  expect(y).toEqual(float32([1, 1, 2, 2], [5, 6, 8, 9]));
});

test("globalAveragePool is the mean of each channel", async () => {
  const y = await compute({ x: float32([1, 2, 1, 3], [1, 2, 3, 4, 5, 9]) }, ({ x }) => globalAveragePool(x));
  expect(y).toEqual(float32([1, 2], [2, 6]));
});

test("padding never wins in maxPool", async () => {
  const x = float32([1, 1, 1, 2], [-5, -7]);
  const y = await compute({ x }, (v) => maxPool(v.x, { kernel: [1, 2], pads: [0, 1, 0, 1] }));
  expect(y).toEqual(float32([1, 1, 1, 3], [-5, -5, -7]));
});

test("a window outside the picture is refused", () => {
  const x = new GraphBuilder("refused").input("x", "float32", [1, 1, 3, 3]);
  expect(() => maxPool(x, { kernel: 2, pads: 2 })).toThrow("expected pads smaller than the kernel [2,2]");
  expect(() => averagePool(x, { kernel: 4 })).toThrow("expected a window within [3,3]");
  expect(() => averagePool(x, { kernel: [2] })).toThrow("expected a kernel for [3,3], got [2]");
});

import { expect, test } from "vitest";
import { compute, computeAll } from "../../ml/runtime/compute.ts";
import {
  argMax,
  argMin,
  float32,
  GraphBuilder,
  int64,
  reduceL2,
  reduceMax,
  reduceMean,
  reduceMin,
  reduceSum,
  topK,
} from "../index.ts";

const X = float32([2, 3], [3, -1, 4, 1, 5, -9]);

test("reductions run over the given axes", async () => {
  expect(await compute({ x: X }, ({ x }) => reduceSum(x, { axes: [1] }))).toEqual(float32([2], [6, -3]));
  expect(await compute({ x: X }, ({ x }) => reduceMean(x, { axes: [-1] }))).toEqual(float32([2], [2, -1]));
  expect(await compute({ x: X }, ({ x }) => reduceMax(x, { axes: [0] }))).toEqual(float32([3], [3, 5, 4]));
  expect(await compute({ x: X }, ({ x }) => reduceMin(x, { axes: [0], keepDims: true }))).toEqual(
    float32([1, 3], [1, -1, -9]),
  );
  const column = float32([2, 1], [3, 4]);
  expect(await compute({ x: column }, ({ x }) => reduceL2(x, { axes: [0] }))).toEqual(float32([1], [5]));
});

test("without axes everything is reduced", async () => {
  expect(await compute({ x: X }, ({ x }) => reduceSum(x))).toEqual(float32([], [3]));
  expect(await compute({ x: X }, ({ x }) => reduceMax(x, { keepDims: true }))).toEqual(float32([1, 1], [5]));
});

test("argMax and argMin name the first of equal elements", async () => {
  const x = float32([2, 3], [1, 7, 7, -2, 0, -2]);
  expect(await compute({ x }, (v) => argMax(v.x, 1))).toEqual(int64([2], [1, 1]));
  expect(await compute({ x }, (v) => argMin(v.x, -1, true))).toEqual(int64([2, 1], [0, 0]));
});

test("topK yields values and indices in order, from either end", async () => {
  const largest = await computeAll({ x: X }, ({ x }) => Object.values(topK(x, { k: 2 })));
  expect(largest).toEqual([float32([2, 2], [4, 3, 5, 1]), int64([2, 2], [2, 0, 1, 0])]);
  const smallest = await computeAll({ x: X }, ({ x }) =>
    Object.values(topK(x, { k: 1, axis: 0, largest: false })),
  );
  expect(smallest).toEqual([float32([1, 3], [1, -1, -9]), int64([1, 3], [1, 0, 1])]);
});

test("axes and counts that are not there are refused", () => {
  const x = new GraphBuilder("refused").input("x", "float32", [2, 3]);
  expect(() => reduceSum(x, { axes: [2] })).toThrow("expected an axis of [2,3], got 2");
  expect(() => reduceSum(x, { axes: [0, -2] })).toThrow("expected different axes, got [0,-2]");
  expect(() => topK(x, { k: 4 })).toThrow("expected 1 <= k <= 3, got 4");
});

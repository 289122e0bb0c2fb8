import { expect, test } from "vitest";
import { compute } from "../../ml/runtime/compute.ts";
import { float32, GraphBuilder, gather, int64, scatterAdd, slice } from "../index.ts";

const X = float32([2, 5], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);

test("slice cuts along axes, counting from either end, with steps", async () => {
  const inner = await compute({ x: X }, ({ x }) => slice(x, { axis: 1, start: 1, end: -1 }));
  expect(inner).toEqual(float32([2, 3], [1, 2, 3, 6, 7, 8]));
  const both = await compute({ x: X }, ({ x }) => slice(x, { axis: 0, start: -1 }, { axis: -1, step: 2 }));
  expect(both).toEqual(float32([1, 3], [5, 7, 9]));
});

test("gather picks along an axis and takes the indices' shape", async () => {
  const feeds = { x: X, indices: int64([2, 2], [4, 0, 1, 1]) };
  const y = await compute(feeds, ({ x, indices }) => gather(x, indices, 1));
  expect(y).toEqual(float32([2, 2, 2], [4, 0, 1, 1, 9, 5, 6, 6]));
});

test("scatterAdd adds at its indices, and equal ones add up", async () => {
  const feeds = {
    x: float32([4], [1, 1, 1, 1]),
    indices: int64([3], [2, 0, 2]),
    values: float32([3], [10, 20, 30]),
  };
  const y = await compute(feeds, ({ x, indices, values }) => scatterAdd(x, indices, values));
  expect(y).toEqual(float32([4], [21, 1, 41, 1]));
});

test("an index out of range fails the run", async () => {
  const feeds = { x: X, indices: int64([1], [2]) };
  await expect(compute(feeds, ({ x, indices }) => gather(x, indices, 0))).rejects.toThrow(
    "out of data bounds",
  );
});

test("empty parts, foreign axes and float indices are refused", () => {
  const graph = new GraphBuilder("refused");
  const x = graph.input("x", "float32", [2, 5]);
  expect(() => slice(x, { axis: 1, start: 3, end: 3 })).toThrow(
    "expected a part of the 5 elements of axis 1, got 3 to 3 by 1",
  );
  expect(() => slice(x, { axis: 1 }, { axis: -1 })).toThrow("expected different axes");
  expect(() => gather(x, x)).toThrow("expected input 1 to be int32 or int64");
  const [four, three] = [graph.input("four", "float32", [4]), graph.input("three", "int64", [3])];
  expect(() => scatterAdd(x, three, four)).toThrow("expected vectors, got [2,5] float32 and [4] float32");
  expect(() => scatterAdd(four, three, four)).toThrow("expected an index of each value of [4], got [3]");
});

import { expect, test } from "vitest";
import { compute, computeAll } from "../../ml/runtime/compute.ts";
import {
  concat,
  expand,
  float32,
  GraphBuilder,
  pad,
  reshape,
  split,
  squeeze,
  transpose,
  unsqueeze,
} from "../index.ts";

const X = float32([2, 3], [1, 2, 3, 4, 5, 6]);

test("reshape keeps the order and works out one size", async () => {
  expect(await compute({ x: X }, ({ x }) => reshape(x, [3, -1]))).toEqual(float32([3, 2], [...X.data]));
  expect(await compute({ x: X }, ({ x }) => reshape(x, [6]))).toEqual(float32([6], [...X.data]));
});

test("transpose reorders axes", async () => {
  const y = await compute({ x: X }, ({ x }) => transpose(x, [1, 0]));
  expect(y).toEqual(float32([3, 2], [1, 4, 2, 5, 3, 6]));
});

test("concat joins what split has cut", async () => {
  const pieces = await computeAll({ x: X }, ({ x }) => split(x, [1, 2], 1));
  expect(pieces).toEqual([float32([2, 1], [1, 4]), float32([2, 2], [2, 3, 5, 6])]);
  const whole = await compute({ x: X }, ({ x }) => {
    const [left, right] = split(x, [1, 2], -1);
    if (left === undefined || right === undefined) throw new Error("two pieces were asked for");
    return concat([left, right], 1);
  });
  expect(whole).toEqual(X);
});

test("squeeze and unsqueeze drop and add axes of size 1", async () => {
  const y = await compute({ x: X }, ({ x }) => unsqueeze(x, [0, -1]));
  expect(y.shape).toEqual([1, 2, 3, 1]);
  expect((await compute({ y }, (v) => squeeze(v.y, [0, -1]))).shape).toEqual([2, 3]);
});

test("expand repeats", async () => {
  const x = float32([2, 1], [1, 2]);
  expect(await compute({ x }, (v) => expand(v.x, [2, 2]))).toEqual(float32([2, 2], [1, 1, 2, 2]));
});

test("pad fills, repeats the border or mirrors", async () => {
  const x = float32([3], [1, 2, 3]);
  const padded = (options: Parameters<typeof pad>[2]) => compute({ x }, (v) => pad(v.x, [[1, 2]], options));
  expect(await padded({ value: 9 })).toEqual(float32([6], [9, 1, 2, 3, 9, 9]));
  expect(await padded({ mode: "edge" })).toEqual(float32([6], [1, 1, 2, 3, 3, 3]));
  expect(await padded({ mode: "reflect" })).toEqual(float32([6], [2, 1, 2, 3, 2, 1]));
});

test("shapes that do not fit are refused", () => {
  const graph = new GraphBuilder("refused");
  const x = graph.input("x", "float32", [2, 3]);
  const y = graph.input("y", "float32", [3, 3]);
  expect(() => reshape(x, [4, -1])).toThrow("sizes of at least 1");
  expect(() => reshape(x, [5])).toThrow("expected a shape of 6 elements for [2,3], got [5]");
  expect(() => transpose(x, [0, 0])).toThrow("expected different axes");
  expect(() => concat([x, y], 1)).toThrow(
    "expected shapes that differ along axis 1 only, got [2,3] and [3,3]",
  );
  expect(() => split(x, [1, 1], 1)).toThrow("expected sizes that add up to 3, got [1,1]");
  expect(() => squeeze(x, [0])).toThrow("expected axes of size 1 in [2,3], got [0]");
  expect(() => expand(x, [2, 4])).toThrow("broadcast");
  expect(() => pad(x, [[0, 0]])).toThrow("expected pads for 2 axes, got 1");
  const mirror = { mode: "reflect" } as const;
  expect(() =>
    pad(
      x,
      [
        [2, 0],
        [0, 0],
      ],
      mirror,
    ),
  ).toThrow("expected pads from 0 to 1 along axis 0, got [2,0]");
});

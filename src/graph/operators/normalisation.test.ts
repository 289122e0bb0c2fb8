import { expect, test } from "vitest";
import { compute } from "../../ml/runtime/compute.ts";
import { batchNorm, float32, GraphBuilder, layerNorm, softmax, type Tensor } from "../index.ts";

const ROWS = [
  [1, 2, 4],
  [-3, 0, 3],
];
const X = float32([2, 3], ROWS.flat());

function expectClose(actual: Tensor, expected: readonly number[]) {
  expect(actual.data.length).toBe(expected.length);
  expected.forEach((value, index) => {
    expect(actual.data[index]).toBeCloseTo(value, 5);
  });
}

test("softmax sums to 1 along its axis", async () => {
  const expected = ROWS.flatMap((row) => {
    const sum = row.reduce((total, value) => total + Math.exp(value), 0);
    return row.map((value) => Math.exp(value) / sum);
  });
  expectClose(await compute({ x: X }, ({ x }) => softmax(x)), expected);
});

test("layerNorm normalises each row with the biased variance", async () => {
  const expected = ROWS.flatMap((row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / 3;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3;
    return row.map((value, i) => ((value - mean) / Math.sqrt(variance + 1e-5)) * (i + 1) + 0.5);
  });
  const feeds = { x: X, scale: float32([3], [1, 2, 3]), bias: float32([3], [0.5, 0.5, 0.5]) };
  expectClose(await compute(feeds, ({ x, scale, bias }) => layerNorm(x, scale, bias)), expected);
});

test("batchNorm uses the stored statistics of each channel", async () => {
  const feeds = {
    x: float32([1, 2, 2], [1, 2, 3, 4]),
    scale: float32([2], [2, 3]),
    bias: float32([2], [10, 20]),
    mean: float32([2], [1, 3]),
    variance: float32([2], [4, 0.25]),
  };
  const y = await compute(feeds, ({ x, ...statistics }) => batchNorm(x, statistics, 1e-9));
  expectClose(y, [10, 11, 20, 26]);
});

test("statistics of another size are refused", () => {
  const graph = new GraphBuilder("refused");
  const x = graph.input("x", "float32", [1, 2, 2]);
  const three = graph.input("three", "float32", [3]);
  expect(() => layerNorm(x, three, three)).toThrow("expected a scale of [2], got [3]");
  const statistics = { scale: three, bias: three, mean: three, variance: three };
  expect(() => batchNorm(x, statistics)).toThrow("expected scale, bias, mean and variance of [2], got [3]");
  expect(() => softmax(x, 3)).toThrow("expected an axis of [1,2,2], got 3");
});

import { expect, test } from "vitest";
import { compute, computeAll } from "../../ml/runtime/compute.ts";
import {
  batchNorm,
  batchNormTraining,
  exp,
  float32,
  GraphBuilder,
  layerNorm,
  logSoftmax,
  softmax,
  type Tensor,
} from "../index.ts";

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

test("logSoftmax is its logarithm, also where softmax itself is 0", async () => {
  const [probabilities, back] = await computeAll({ x: X }, ({ x }) => [softmax(x), exp(logSoftmax(x))]);
  expectClose(back ?? X, [...(probabilities?.data ?? [])].map(Number));
  const far = await compute({ x: float32([2], [0, 200]) }, ({ x }) => logSoftmax(x));
  expect(far).toEqual(float32([2], [-200, 0]));
});

test("batchNormTraining takes the batch's statistics and yields them, the variance biased", async () => {
  const feeds = {
    x: float32([2, 2, 2], [1, 3, 10, 10, 5, 7, 10, 30]),
    scale: float32([2], [1, 2]),
    bias: float32([2], [0, 10]),
  };
  const [y, mean, variance] = await computeAll(feeds, ({ x, scale, bias }) =>
    Object.values(batchNormTraining(x, scale, bias, 1e-9)),
  );
  expectClose(mean ?? X, [4, 15]);
  expectClose(variance ?? X, [5, 75]);
  const expected = [1, 3, 10, 10, 5, 7, 10, 30].map((value, index) =>
    index % 4 < 2 ? (value - 4) / Math.sqrt(5) : (2 * (value - 15)) / Math.sqrt(75) + 10,
  );
  expectClose(y ?? X, expected);
});

test("two batchNormTraining of equal scales in one run keep their statistics apart", async () => {
  const feeds = { x: float32([2, 1, 2], [1, 3, 5, 7]), scale: float32([1], [1]), bias: float32([1], [0]) };
  const [result] = await computeAll(feeds, ({ x, scale, bias }) => {
    const first = batchNormTraining(x, scale, bias, 1e-9);
    const second = batchNormTraining(exp(first.y), scale, bias, 1e-9);
    const again = batchNorm(x, { scale, bias, mean: first.mean, variance: first.variance }, 1e-9);
    return [again, second.y];
  });
  expectClose(
    result ?? X,
    [1, 3, 5, 7].map((value) => (value - 4) / Math.sqrt(5)),
  );
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

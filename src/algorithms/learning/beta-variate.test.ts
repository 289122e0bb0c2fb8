import { expect, it } from "vitest";
import { seededRandom } from "../anomaly/seeded-random.ts";
import { betaVariate } from "./beta-variate.ts";

it.each([
  [1, 1],
  [0.2, 0.2],
  [0.8, 0.8],
  [2, 5],
  [0.5, 3],
  [30, 10],
])("Beta(%d, %d) has its mean, variance and skewness", (a, b) => {
  const random = seededRandom(11);
  const values = Float64Array.from({ length: 100_000 }, () => betaVariate(a, b, random));
  const average = (of: (value: number) => number) =>
    values.reduce((sum, value) => sum + of(value), 0) / values.length;
  const mean = a / (a + b);
  const variance = (a * b) / ((a + b) ** 2 * (a + b + 1));
  const skewness = (2 * (b - a) * Math.sqrt(a + b + 1)) / ((a + b + 2) * Math.sqrt(a * b));
  expect(Math.abs(average((value) => value) - mean)).toBeLessThan(0.005);
  expect(average((value) => (value - mean) ** 2) / variance).toBeCloseTo(1, 1);
  expect(Math.abs(average((value) => ((value - mean) / Math.sqrt(variance)) ** 3) - skewness)).toBeLessThan(
    0.05,
  );
});

it("tiny parameters give 0 or 1, evenly, never a broken number", () => {
  const random = seededRandom(5);
  const values = Array.from({ length: 2000 }, () => betaVariate(1e-6, 1e-6, random));
  expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
  expect(values.reduce((sum, value) => sum + value, 0) / 2000).toBeCloseTo(0.5, 1);
});

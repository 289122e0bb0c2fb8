import { expect, test } from "vitest";
import { drawWeights, filled, kaimingFanOut, linearUniform } from "./initial-weights.ts";

test("convolutions begin normal with Kaiming's deviation by what leaves them", () => {
  const shape = [64, 3, 7, 7];
  const data =
    drawWeights([{ name: "w", shape, initial: kaimingFanOut(shape) }], 1).get("w") ?? new Float32Array();
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const deviation = Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length);
  expect(data.length).toBe(64 * 3 * 49);
  expect(Math.abs(mean)).toBeLessThan(0.001);
  expect(deviation / Math.sqrt(2 / (64 * 49))).toBeCloseTo(1, 1);
});

test("linear layers begin uniform in +-1 / sqrt(inputs)", () => {
  const data =
    drawWeights([{ name: "w", shape: [100, 400], initial: linearUniform(400) }], 1).get("w") ??
    new Float32Array();
  const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(largest).toBeLessThanOrEqual(0.05);
  expect(largest).toBeGreaterThan(0.0499);
  const variance = data.reduce((sum, value) => sum + value * value, 0) / data.length;
  expect(variance).toBeCloseTo(0.05 ** 2 / 3, 5);
});

test("weights of equal shape begin differently, and a weight does not depend on those behind it", () => {
  const weight = (name: string) => ({ name, shape: [8], initial: linearUniform(8) });
  const both = drawWeights([weight("a"), weight("b")], 5);
  expect(both.get("a")).not.toEqual(both.get("b"));
  expect(drawWeights([weight("a")], 5).get("a")).toEqual(both.get("a"));
});

test("scales begin with their value", () => {
  const weights = drawWeights([{ name: "bn", shape: [2, 2], initial: filled(1) }], 5);
  expect(weights.get("bn")).toEqual(Float32Array.of(1, 1, 1, 1));
});

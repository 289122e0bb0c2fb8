import { describe, expect, it } from "vitest";
import { MovingAverage } from "./moving-average.ts";

const weights = (...values: number[]) => new Map([["w", Float32Array.from(values)]]);

describe("MovingAverage", () => {
  it("begins with the weights themselves and follows decay * average + (1 - decay) * weight", () => {
    const average = new MovingAverage(0.9, weights(1, -2));
    expect([...(average.weights.get("w") ?? [])]).toEqual([1, -2]);
    average.update(weights(3, 0));
    average.update(weights(3, 0));
    // timm's ModelEmaV2 in closed form: weight + decay^n * (first - weight)
    expect(average.weights.get("w")?.[0]).toBeCloseTo(3 + 0.81 * (1 - 3), 6);
    expect(average.weights.get("w")?.[1]).toBeCloseTo(0.81 * -2, 6);
  });

  it("does not share its arrays with the weights it is made of", () => {
    const first = weights(1);
    const average = new MovingAverage(0.5, first);
    first.get("w")?.fill(9);
    expect(average.weights.get("w")?.[0]).toBe(1);
  });

  it("goes on from stored averages bit for bit", () => {
    const straight = new MovingAverage(0.99, weights(0.3, 0.1));
    const continued = new MovingAverage(0.99, weights(0, 0));
    straight.update(weights(1 / 3, 7));
    continued.restore(straight.weights);
    straight.update(weights(2 / 3, 5));
    continued.update(weights(2 / 3, 5));
    expect(continued.weights).toEqual(straight.weights);
  });

  it("refuses decays and weights that do not fit", () => {
    expect(() => new MovingAverage(1, weights(1))).toThrow(RangeError);
    const average = new MovingAverage(0.9, weights(1, 2));
    expect(() => average.update(weights(1))).toThrow(/2 numbers are averaged/);
    expect(() => average.restore(new Map())).toThrow(RangeError);
  });
});

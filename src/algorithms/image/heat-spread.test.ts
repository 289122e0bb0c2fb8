import { describe, expect, it } from "vitest";
import { heatSpread } from "./heat-spread.ts";
import type { Spread } from "./linear-spread.ts";

const applied = ({ outputs, inputs, data }: Spread, values: number[]) =>
  Array.from({ length: outputs }, (_, row) =>
    values.reduce((sum, value, at) => sum + value * (data[row * inputs + at] as number), 0),
  );

describe("heatSpread", () => {
  it.each([
    [56, 224, 448],
    [28, 224, 448],
    [1, 8, 40],
    [2, 8, 16],
    [42, 168, 3000],
    [56, 224, 10],
  ])("keeps %d flat cells flat over %d and then %d pixels", (cells, middle, pixels) => {
    const heat = applied(heatSpread(cells, middle, pixels), new Array(cells).fill(3));
    expect(heat).toHaveLength(pixels);
    for (const value of heat) expect(value).toBeCloseTo(3, 5);
  });

  it("puts the peak of a cell at the cell's centre", () => {
    const values = new Array(56).fill(0).fill(1, 20, 21);
    const heat = applied(heatSpread(56, 224, 448), values);
    const peak = heat.indexOf(Math.max(...heat));
    expect(Math.abs(peak + 0.5 - 20.5 * 8)).toBeLessThanOrEqual(1);
    expect(heat.reduce((sum, value) => sum + value, 0)).toBeCloseTo(8, 2);
  });

  it("is symmetric", () => {
    const heat = applied(heatSpread(8, 32, 50), [1, 2, 3, 4, 4, 3, 2, 1]);
    heat.forEach((value, at) => {
      expect(value).toBeCloseTo(heat[49 - at] as number, 5);
    });
  });
});

import { describe, expect, it } from "vitest";
import { heatSpread, type Spread } from "./heat-spread.ts";

const applied = ({ outputs, inputs, data }: Spread, values: number[]) =>
  Array.from({ length: outputs }, (_, row) =>
    values.reduce((sum, value, at) => sum + value * (data[row * inputs + at] as number), 0),
  );

describe("heatSpread", () => {
  it.each([
    [56, 56, 448],
    [28, 56, 448],
    [1, 2, 40],
    [2, 2, 16],
    [42, 42, 3000],
    [56, 56, 10],
  ])("keeps a flat grid of %d of %d cells flat over %d pixels", (cells, fine, pixels) => {
    const heat = applied(heatSpread(cells, fine, pixels), new Array(cells).fill(3));
    expect(heat).toHaveLength(pixels);
    for (const value of heat) expect(value).toBeCloseTo(3, 5);
  });

  it("puts the peak of a cell at the cell's centre", () => {
    const values = new Array(56).fill(0).fill(1, 20, 21);
    const heat = applied(heatSpread(56, 56, 448), values);
    const peak = heat.indexOf(Math.max(...heat));
    expect(Math.abs(peak + 0.5 - 20.5 * 8)).toBeLessThanOrEqual(1);
    expect(heat.reduce((sum, value) => sum + value, 0)).toBeCloseTo(8, 2);
  });

  it("is symmetric", () => {
    const heat = applied(heatSpread(8, 8, 50), [1, 2, 3, 4, 4, 3, 2, 1]);
    heat.forEach((value, at) => {
      expect(value).toBeCloseTo(heat[49 - at] as number, 5);
    });
  });
});

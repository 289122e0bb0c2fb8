import { describe, expect, it } from "vitest";
import { scoreHeat } from "./score-heat.ts";

const heat = { width: 2, height: 2, data: Float32Array.of(1, 2, 3, 10) };
const mask = (...data: number[]) => ({ width: 2, height: 2, data: Uint8Array.from(data) });

describe("scoreHeat", () => {
  it("is the maximum at 100", () => {
    expect(scoreHeat(heat, null, 100)).toBe(10);
    expect(scoreHeat(heat, mask(1, 1, 1, 0), 100)).toBe(3);
  });

  it("interpolates between pixels at other percentiles", () => {
    expect(scoreHeat(heat, null, 50)).toBe(2.5);
    expect(scoreHeat(heat, mask(1, 0, 1, 0), 50)).toBe(2);
  });

  it("is 0 for an empty mask", () => {
    expect(scoreHeat(heat, mask(0, 0, 0, 0), 100)).toBe(0);
    expect(scoreHeat(heat, mask(0, 0, 0, 0), 99)).toBe(0);
  });

  it("refuses a mask of another size", () => {
    expect(() => scoreHeat(heat, { width: 1, height: 2, data: new Uint8Array(2) }, 100)).toThrow(RangeError);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { percentile } from "./percentile.ts";

describe("percentile", () => {
  it("interpolates linearly, as NumPy", () => {
    expect(percentile([10, 11, 13], 99)).toBeCloseTo(12.96, 12);
    expect(percentile([12, 5], 5)).toBeCloseTo(5.35, 12);
    expect(percentile([3, 1, 2, 4], 50)).toBe(2.5);
  });

  it("yields the extremes at 0 and 100", () => {
    expect(percentile([2, 9, 4], 0)).toBe(2);
    expect(percentile([2, 9, 4], 100)).toBe(9);
    expect(percentile([7], 33)).toBe(7);
  });

  it("drops NaN and infinities and yields null when nothing is left", () => {
    expect(percentile([Number.NaN, 1, Number.POSITIVE_INFINITY, 3], 50)).toBe(2);
    expect(percentile([Number.NaN], 50)).toBeNull();
    expect(percentile([], 50)).toBeNull();
  });

  it("refuses a percentile outside 0..100", () => {
    expect(() => percentile([1], 101)).toThrow(RangeError);
    expect(() => percentile([1], Number.NaN)).toThrow(RangeError);
  });

  it("grows with the percentile and stays between the extremes", () => {
    const numbers = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(numbers, fc.double({ min: 0, max: 100, noNaN: true }), (values, percent) => {
        const found = percentile(values, percent) as number;
        expect(found).toBeGreaterThanOrEqual(Math.min(...values));
        expect(found).toBeLessThanOrEqual(percentile(values, Math.min(100, percent + 5)) as number);
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { calibrate } from "./calibration.ts";

describe("calibrate", () => {
  it("takes the OK percentile when there is no NG", () => {
    expect(calibrate([10, 11, 13], [], 99)).toMatchObject({ ngMean: 0, ngP5: null });
    expect(calibrate([10, 11, 13], [], 99)?.threshold).toBeCloseTo(12.96, 12);
  });

  it("takes the middle when OK and NG part", () => {
    expect(calibrate([10, 11, 13], [22], 99)?.threshold).toBeCloseTo(17.48, 12);
  });

  it("stays 2 % above the OK percentile when they overlap", () => {
    const found = calibrate([10, 11, 13], [5, 12], 99);
    expect(found?.threshold).toBeCloseTo(13.2192, 12);
    expect(found?.ngP5).toBeCloseTo(5.35, 12);
    expect(found?.ngMean).toBe(8.5);
  });

  it("drops what is not finite", () => {
    expect(calibrate([10, Number.NaN, 11, 13], [Number.POSITIVE_INFINITY], 99)).toEqual(
      calibrate([10, 11, 13], [], 99),
    );
    expect(calibrate([Number.NaN], [3], 99)).toBeNull();
  });
});

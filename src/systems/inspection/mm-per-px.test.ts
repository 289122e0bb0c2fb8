import { expect, test } from "vitest";
import { isValidScale, requireLockedScale, requireValidScale, sameScale, statedScale } from "./mm-per-px.ts";

test.each([0, -0, -1, Number.NaN, Infinity, -Infinity])("%d is refused in the contract's words", (scale) => {
  expect(isValidScale(scale)).toBe(false);
  expect(() => requireValidScale(scale)).toThrow(
    expect.objectContaining({
      code: "invalid_mm_per_px",
      status: 400,
      message: "mm_per_px must be > 0 and finite",
    }),
  );
});

test.each([1e-10, 5e-324, 1e10, 1e308])("%d, with which no area makes sense, is refused too", (scale) => {
  expect(() => requireValidScale(scale)).toThrow(/between 1e-9 and 1000000000/);
});

test.each([1e-9, 0.2, 1, 1e9])("%d is a scale", (scale) => {
  expect(() => requireValidScale(scale)).not.toThrow();
});

test("JSON states a scale as a number or as text", () => {
  expect([0.2, "0.2", " 1e-1 "].map(statedScale)).toEqual([0.2, 0.2, 0.1]);
  for (const value of [true, null, undefined, "", " ", "wide", [0.2], {}]) {
    expect(statedScale(value)).toBeNaN();
  }
});

test("scales are the same within a millionth", () => {
  expect(sameScale(0.2, 0.2000009)).toBe(true);
  expect(sameScale(0.2, 0.200002)).toBe(false);
  expect(sameScale(1_000, 1_000.0009)).toBe(true);
});

test("another scale than the locked one is told with both numbers", () => {
  expect(() => requireLockedScale("a", null, 5)).not.toThrow();
  expect(() => requireLockedScale("a", 0.2, 0.2)).not.toThrow();
  expect(() => requireLockedScale("a", 0.2, 0.25)).toThrow(
    expect.objectContaining({
      status: 409,
      message: "mm_per_px mismatch for recipe 'a': expected 0.2, got 0.25",
    }),
  );
});

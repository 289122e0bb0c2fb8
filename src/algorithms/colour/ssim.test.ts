import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ssim } from "./ssim.ts";

const { ssim: vector } = JSON.parse(
  readFileSync(new URL("../../../tests/vectors/colour.json", import.meta.url), "utf8"),
) as { ssim: { width: number; height: number; one: number[]; other: number[]; value: number } };

describe("structural similarity", () => {
  const one = Uint8Array.from(vector.one);
  const other = Uint8Array.from(vector.other);

  it("is scikit-image's", () => {
    expect(ssim(one, other, vector.width, vector.height)).toBeCloseTo(vector.value, 5);
  });

  it("is 1 for equal planes", () => {
    expect(ssim(one, one, vector.width, vector.height)).toBeCloseTo(1, 12);
  });

  it("refuses planes smaller than its window", () => {
    expect(() => ssim(one, other, 10, 31)).toThrow(RangeError);
  });
});

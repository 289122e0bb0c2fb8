import { describe, expect, it } from "vitest";
import { DEFECT_KINDS, drawDisc } from "./index.ts";

const size = 96;
const sum = (data: Uint8Array) => data.reduce((total, value) => total + value, 0);

describe("drawDisc", () => {
  it("draws the same bytes for one seed and others for the next", () => {
    expect(drawDisc(3, { size })).toEqual(drawDisc(3, { size }));
    expect(drawDisc(3, { size })).not.toEqual(drawDisc(4, { size }));
  });

  it("has no flaw unless one is asked for", () => {
    expect(sum(drawDisc(1, { size }).truth.data)).toBe(0);
  });

  it.each(DEFECT_KINDS)("shows a %s on a small part of the picture", (defect) => {
    for (let seed = 0; seed < 12; seed++) {
      const { truth, picture } = drawDisc(seed, { size, defect });
      expect(sum(truth.data)).toBeGreaterThan(3);
      expect(sum(truth.data)).toBeLessThan(0.05 * size * size);
      expect(picture.data).toHaveLength(3 * size * size);
    }
  });
});

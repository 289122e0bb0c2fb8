import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auroc } from "./auroc.ts";

describe("auroc", () => {
  it("is 1 when every bad score lies above every good one, 0 the other way round", () => {
    expect(auroc([1, 2], [3, 4, 5])).toBe(1);
    expect(auroc([3, 4], [1, 2])).toBe(0);
  });

  it("counts ties half", () => {
    expect(auroc([1, 1], [1])).toBe(0.5);
    expect(auroc([0, 1, 2], [1])).toBe(0.5);
  });

  it("is unknown when a side is empty", () => {
    expect(auroc([], [1])).toBeNull();
    expect(auroc([1], [])).toBeNull();
  });

  it("equals the count over all pairs", () => {
    const scores = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(scores, scores, (good, bad) => {
        const pairs = good.flatMap((g) => bad.map((b): number => (b > g ? 1 : b === g ? 0.5 : 0)));
        expect(auroc(good, bad)).toBeCloseTo(pairs.reduce((sum, win) => sum + win, 0) / pairs.length, 12);
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stratifiedSplit } from "./stratified-split.ts";

const OPTIONS = { validationShare: 0.2, seed: 42 };

function validationCounts(labels: readonly number[], sides: readonly string[]): Map<number, number> {
  const counts = new Map(labels.map((label) => [label, 0]));
  for (const [at, side] of sides.entries())
    if (side === "val") counts.set(labels[at] as number, (counts.get(labels[at] as number) ?? 0) + 1);
  return counts;
}

describe("stratifiedSplit", () => {
  it("gives each label its share, and has two or more samples on both sides", () => {
    const labels = fc.array(fc.nat(5), { maxLength: 120 });
    fc.assert(
      fc.property(
        labels,
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.nat(),
        (labels, validationShare, seed) => {
          const sides = stratifiedSplit(labels, { validationShare, seed });
          expect(sides).toHaveLength(labels.length);
          for (const [label, count] of validationCounts(labels, sides)) {
            const size = labels.filter((other) => other === label).length;
            if (size === 1) expect(count).toBe(0);
            else {
              expect(count).toBeGreaterThanOrEqual(1);
              expect(count).toBeLessThanOrEqual(size - 1);
              expect(Math.abs(count - size * validationShare)).toBeLessThanOrEqual(1 + 1e-9);
            }
          }
        },
      ),
    );
  });

  it("rounds the whole, not each label: 10 labels of 7 samples give 14 of 70", () => {
    const labels = Array.from({ length: 70 }, (_, sample) => sample % 10);
    const sides = stratifiedSplit(labels, OPTIONS);
    expect(sides.filter((side) => side === "val")).toHaveLength(14);
  });

  it("follows from the seed", () => {
    const labels = Array.from({ length: 100 }, (_, sample) => sample % 3);
    expect(stratifiedSplit(labels, OPTIONS)).toEqual(stratifiedSplit(labels, OPTIONS));
    expect(stratifiedSplit(labels, { ...OPTIONS, seed: 43 })).not.toEqual(stratifiedSplit(labels, OPTIONS));
  });

  it("splits a label alike whatever other labels there are, where their shares are whole", () => {
    const one = stratifiedSplit(new Array(50).fill(4), OPTIONS);
    const two = stratifiedSplit([...new Array(50).fill(4), ...new Array(20).fill(1)], OPTIONS);
    expect(two.slice(0, 50)).toEqual(one);
  });

  it("takes nothing from nothing, and refuses shares that leave a side empty", () => {
    expect(stratifiedSplit([], OPTIONS)).toEqual([]);
    for (const validationShare of [0, 1, -0.1, Number.NaN])
      expect(() => stratifiedSplit([0, 0], { ...OPTIONS, validationShare })).toThrow(RangeError);
  });
});

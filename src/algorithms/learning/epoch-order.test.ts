import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epochOrder } from "./epoch-order.ts";

const LABELS = Array.from({ length: 1000 }, (_, sample) => (sample < 900 ? 0 : sample < 990 ? 1 : 3));

describe("epochOrder", () => {
  it("shows every sample once in a plain epoch", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(500), fc.array(fc.nat(3), { maxLength: 50 }), (seed, epoch, labels) => {
        const order = epochOrder({ seed, epoch, labels, balanced: false });
        expect([...order].sort((a, b) => a - b)).toEqual([...labels.keys()]);
      }),
    );
  });

  it.each([false, true])("follows from seed and epoch (balanced: %s)", (balanced) => {
    const order = (seed: number, epoch: number) => epochOrder({ seed, epoch, labels: LABELS, balanced });
    expect(order(7, 3)).toEqual(order(7, 3));
    expect(order(7, 4)).not.toEqual(order(7, 3));
    expect(order(8, 3)).not.toEqual(order(7, 3));
  });

  it("draws each class alike in a balanced epoch of the same length, and each of its samples", () => {
    const drawn = [1, 2, 3, 4, 5].flatMap((epoch) => [
      ...epochOrder({ seed: 1, epoch, labels: LABELS, balanced: true }),
    ]);
    expect(drawn).toHaveLength(5 * LABELS.length);
    for (const label of [0, 1, 3]) {
      const share = drawn.filter((sample) => LABELS[sample] === label).length / drawn.length;
      // five standard deviations of 5,000 draws
      expect(Math.abs(share - 1 / 3)).toBeLessThan(5 * Math.sqrt(2 / 9 / drawn.length));
    }
    expect(new Set(drawn.filter((sample) => LABELS[sample] !== 0)).size).toBe(100);
  });

  it("is empty without samples", () => {
    for (const balanced of [false, true])
      expect(epochOrder({ seed: 1, epoch: 1, labels: [], balanced })).toHaveLength(0);
  });
});

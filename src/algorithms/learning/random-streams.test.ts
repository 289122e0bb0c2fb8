import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RandomPurpose, randomStream } from "./random-streams.ts";

const PURPOSES: readonly RandomPurpose[] = ["split", "initial-weights", "order", "augmentation", "mixing"];

function beginning(seed: number, purpose: RandomPurpose, ...place: number[]): string {
  const random = randomStream(seed, purpose, ...place);
  return [random.uniform(), random.uniform(), random.uniform()].join();
}

describe("randomStream", () => {
  it("gives the same numbers at the same place", () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.constantFrom(...PURPOSES),
        fc.array(fc.nat(), { maxLength: 3 }),
        (seed, purpose, place) => {
          expect(beginning(seed, purpose, ...place)).toBe(beginning(seed, purpose, ...place));
        },
      ),
    );
  });

  it("gives other numbers at every other place: 45,000 streams of close seeds, purposes, epochs and pictures", () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 9; seed++)
      for (const purpose of PURPOSES)
        for (let epoch = 0; epoch < 10; epoch++)
          for (let picture = 0; picture < 100; picture++) seen.add(beginning(seed, purpose, epoch, picture));
    expect(seen.size).toBe(9 * 5 * 10 * 100);
  });

  it("tells seeds apart that differ beyond 32 bits, and places of different lengths", () => {
    expect(beginning(1, "order")).not.toBe(beginning(1 + 2 ** 32, "order"));
    expect(beginning(1, "order", 0)).not.toBe(beginning(1, "order"));
    expect(beginning(1, "order", 1, 2)).not.toBe(beginning(1, "order", 2, 1));
  });

  it("begins evenly: first numbers of 20,000 neighbouring places fill 20 bins alike", () => {
    const bins = new Array<number>(20).fill(0);
    for (let picture = 0; picture < 20_000; picture++) {
      const bin = Math.floor(randomStream(42, "augmentation", 1, picture).uniform() * 20);
      bins[bin] = (bins[bin] as number) + 1;
    }
    // chi squared with 19 degrees of freedom: 43.8 is passed once in 1,000
    expect(bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(43.8);
  });
});

import { describe, expect, it } from "vitest";
import { sampleWithoutReplacement, seededRandom } from "./seeded-random.ts";

const first = (seed: number) => Array.from({ length: 5 }, seededRandom(seed).uniform);

describe("seededRandom", () => {
  it("repeats itself for one seed and differs for close ones", () => {
    expect(first(7)).toEqual(first(7));
    expect(first(7)).not.toEqual(first(8));
    expect(first(0)).not.toEqual(first(2 ** 33));
  });

  it("has the moments of its distributions", () => {
    const random = seededRandom(1);
    const normals = Array.from({ length: 20_000 }, random.normal);
    const mean = normals.reduce((sum, value) => sum + value, 0) / normals.length;
    const variance = normals.reduce((sum, value) => sum + value * value, 0) / normals.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
  });
});

describe("sampleWithoutReplacement", () => {
  it("draws different integers", () => {
    const drawn = sampleWithoutReplacement(100, 40, seededRandom(3));
    expect(new Set(drawn).size).toBe(40);
    expect(Math.max(...drawn)).toBeLessThan(100);
  });

  it("is a permutation when as many are asked for as there are", () => {
    expect([...sampleWithoutReplacement(10, 99, seededRandom(3))].sort((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
  });
});

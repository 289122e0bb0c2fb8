import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GreedyCoreset } from "./coreset.ts";
import { seededRandom } from "./seeded-random.ts";

function plainGreedy(points: Float32Array, dim: number, size: number, first: number): number[] {
  const count = points.length / dim;
  const nearest = new Float32Array(count).fill(Number.POSITIVE_INFINITY);
  const chosen: number[] = [];
  for (let next = first; chosen.length < size; next = nearest.indexOf(Math.max(...nearest))) {
    chosen.push(next);
    for (let point = 0; point < count; point++) {
      let sum = 0;
      for (let axis = 0; axis < dim; axis++)
        sum += ((points[point * dim + axis] as number) - (points[next * dim + axis] as number)) ** 2;
      nearest[point] = Math.min(nearest[point] as number, sum);
    }
  }
  return chosen;
}

describe("GreedyCoreset", () => {
  it("chooses what the plain algorithm chooses, in the same order", () => {
    const cases = fc.record({
      seed: fc.nat(9999),
      count: fc.integer({ min: 2, max: 120 }),
      dim: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(cases, ({ seed, count, dim }) => {
        const random = seededRandom(seed);
        const points = Float32Array.from(
          { length: count * dim },
          () => random.normal() * (1 + random.below(3)),
        );
        const size = 1 + random.below(count - 1);
        const coreset = new GreedyCoreset(points, dim, size, 0);
        while (!coreset.advance(7));
        expect([...coreset.chosen]).toEqual(plainGreedy(points, dim, size, 0));
      }),
    );
  });

  it("takes every point when so many are asked for, equal ones too", () => {
    const coreset = new GreedyCoreset(Float32Array.of(1, 1, 1, 5), 1, 4, 2);
    expect(coreset.advance(99)).toBe(true);
    expect([...coreset.chosen].slice(0, 2)).toEqual([2, 3]);
  });

  it("refuses more centres than points", () => {
    expect(() => new GreedyCoreset(Float32Array.of(1), 1, 2, 0)).toThrow(RangeError);
  });
});

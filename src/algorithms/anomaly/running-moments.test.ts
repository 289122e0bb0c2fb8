import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RunningMoments } from "./running-moments.ts";

type Vector = [number, number];
const mean = (group: readonly Vector[]) =>
  [0, 1].map((axis) => group.reduce((sum, v) => sum + (v[axis] ?? 0), 0) / group.length) as Vector;
const scatter = (group: readonly Vector[]) => {
  const [mx, my] = mean(group);
  const sum = (term: (v: Vector) => number) => group.reduce((total, v) => total + term(v), 0);
  const cross = sum(([x, y]) => (x - mx) * (y - my));
  return [sum(([x]) => (x - mx) ** 2), cross, cross, sum(([, y]) => (y - my) ** 2)];
};

describe("RunningMoments", () => {
  it("gives the moments of all vectors, however they were grouped", () => {
    const number = fc.double({ min: -100, max: 100, noNaN: true });
    const groups = fc.array(fc.array(fc.tuple(number, number), { minLength: 1 }), { minLength: 1 });
    fc.assert(
      fc.property(groups, (parts) => {
        const running = new RunningMoments(2);
        for (const part of parts) running.add(part.length, mean(part), scatter(part));
        const all = parts.flat();
        const found = running.moments();
        expect(found.count).toBe(all.length);
        mean(all).forEach((value, at) => {
          expect(found.mean[at]).toBeCloseTo(value, 9);
        });
        scatter(all).forEach((value, at) => {
          expect(found.covariance[at]).toBeCloseTo(value / Math.max(1, all.length - 1), 6);
        });
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { highest, pickFarthest } from "./farthest-first.ts";

const values = fc.array(
  fc.oneof(fc.constantFrom(0, 1e-30, 1, 1e9), fc.float({ min: 0, noNaN: true, noDefaultInfinity: true })),
  { minLength: 1, maxLength: 60 },
);

describe("highest", () => {
  it("finds what sorting finds, the first of equal values, and the highest of the rest", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 70 }), (list, count) => {
        const floats = Float32Array.from(list, Math.abs);
        const order = [...floats.keys()].sort((a, b) => floats[b]! - floats[a]! || a - b);
        const { places, next } = highest(floats, count);
        expect([...places]).toEqual(order.slice(0, count).sort((a, b) => a - b));
        expect(next).toBe(order.length > count ? floats[order[count]!] : -1);
      }),
    );
  });

  it("reads a part of a larger buffer", () => {
    expect([...highest(new Float32Array([9, 9, 1, 5, 3]).subarray(2), 2).places]).toEqual([1, 2]);
  });
});

/** Points on a line: squared distances, and nothing picked yet. */
function onLine(...places: readonly number[]) {
  const distances = Float32Array.from(places.flatMap((a) => places.map((b) => (a - b) ** 2)));
  return { distances, nearest: new Float32Array(places.length).fill(1e9) };
}

describe("pickFarthest", () => {
  it("picks the farthest from all picked before, the first of equal ones", () => {
    const { distances, nearest } = onLine(0, 4, 5, 10);
    expect(pickFarthest(distances, nearest, 0, 3)).toEqual([0, 3, 2]);
    expect([...nearest]).toEqual([0, 1, 0, 0]);
  });

  it("stops where something outside may be farther", () => {
    const { distances, nearest } = onLine(0, 4, 5, 10);
    expect(pickFarthest(distances, nearest, 20, 4)).toEqual([0, 3, 2]);
    expect(pickFarthest(distances, nearest, 2, 4)).toEqual([]);
  });

  it("picks nothing twice, not even copies", () => {
    const { distances, nearest } = onLine(3, 3, 3);
    expect(pickFarthest(distances, nearest, 0, 9)).toEqual([0, 1, 2]);
    expect(pickFarthest(distances, nearest, 0, 9)).toEqual([]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { letterboxed, letterboxOf } from "./letterbox.ts";

const FRAME = { side: 448, patch: 14 };

describe("letterboxOf", () => {
  it("shows square pictures on the whole grid", () => {
    for (const side of [8, 100, 448, 3000]) {
      const { down, across } = letterboxOf({ width: side, height: side }, FRAME);
      expect([down.first, down.count, across.first, across.count]).toEqual([0, 32, 0, 32]);
    }
  });

  it("keeps only patches of which the picture takes at least half, along each axis", () => {
    const { down, across } = letterboxOf({ width: 896, height: 600 }, FRAME);
    expect(across).toMatchObject({ first: 0, count: 32 });
    // 300 pixels from 74 on: patches 5 (70 to 84, 10 of it) to 26 (364 to 378, 10 of it)
    expect(down).toMatchObject({ shown: 300, offset: 74, first: 5, count: 22 });
  });

  it("shows every picture, however narrow, on patches inside the square", () => {
    const length = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(length, length, (width, height) => {
        for (const axis of Object.values(letterboxOf({ width, height }, FRAME))) {
          expect(axis.count).toBeGreaterThanOrEqual(1);
          expect(axis.first).toBeGreaterThanOrEqual(0);
          expect(axis.first + axis.count).toBeLessThanOrEqual(32);
          expect(axis.offset).toBeGreaterThanOrEqual(0);
          expect(axis.offset + axis.shown).toBeLessThanOrEqual(448);
        }
      }),
    );
  });
});

describe("letterboxed", () => {
  it("puts the picture in the middle of black", async () => {
    const picture = { width: 224, height: 112, data: new Uint8Array(224 * 112 * 3).fill(200) };
    const data = await letterboxed(picture, letterboxOf(picture, FRAME), FRAME);
    const row = (y: number) => data.subarray(y * 448 * 3, (y + 1) * 448 * 3);
    expect(data.length).toBe(448 * 448 * 3);
    expect(row(111).every((value) => value === 0)).toBe(true);
    expect(row(112).every((value) => value === 200)).toBe(true);
    expect(row(335).every((value) => value === 200)).toBe(true);
    expect(row(336).every((value) => value === 0)).toBe(true);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskOf } from "./shape-mask.ts";
import type { Shape } from "./shapes.ts";

const picture = (shape: Shape, width: number, height: number) => {
  const { mask } = maskOf(shape, width, height);
  return Array.from({ length: height }, (_, y) =>
    [...mask.data.subarray(y * width, (y + 1) * width)].map((on) => (on === 1 ? "#" : ".")).join(""),
  );
};

describe("maskOf", () => {
  it("covers the whole picture with a rectangle without numbers", () => {
    expect(maskOf({ kind: "rect" }, 3, 2)).toMatchObject({ clipped: false });
    expect(picture({ kind: "rect" }, 3, 2)).toEqual(["###", "###"]);
  });

  it("places a rectangle and clips what lies outside", () => {
    expect(picture({ kind: "rect", x: 1, y: 1, w: 2, h: 1 }, 4, 3)).toEqual(["....", ".##.", "...."]);
    expect(picture({ kind: "rect", x: -5, y: 1, w: 7, h: 9 }, 4, 3)).toEqual(["....", "##..", "##.."]);
    expect(maskOf({ kind: "rect", x: -5, y: 1, w: 7, h: 9 }, 4, 3).clipped).toBe(true);
  });

  it("takes the pixels within the radius of a circle", () => {
    expect(picture({ kind: "circle", cx: 2, cy: 2, r: 2 }, 5, 5)).toEqual([
      "..#..",
      ".###.",
      "#####",
      ".###.",
      "..#..",
    ]);
    expect(maskOf({ kind: "circle", cx: 2, cy: 2, r: 2 }, 5, 5).clipped).toBe(false);
    expect(maskOf({ kind: "circle", cx: 2, cy: 2, r: 3 }, 5, 5).clipped).toBe(true);
  });

  it("leaves the inner circle out of an annulus", () => {
    expect(picture({ kind: "annulus", cx: 2, cy: 2, r: 2, r_inner: 1 }, 5, 5)).toEqual([
      "..#..",
      ".#.#.",
      "#...#",
      ".#.#.",
      "..#..",
    ]);
  });

  it("fills a polygon by the even-odd rule", () => {
    const points = [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
      [0, 0],
      [1, 1],
      [3, 1],
      [3, 3],
      [1, 3],
      [1, 1],
    ] as const;
    expect(picture({ kind: "polygon", points }, 5, 5)).toEqual(["####.", "#..#.", "#..#.", "####.", "....."]);
  });

  it("is empty for shapes outside the picture, negative radii and a polygon without points", () => {
    const on = (shape: Shape) => maskOf(shape, 4, 4).mask.data.reduce((sum, value) => sum + value, 0);
    expect(on({ kind: "circle", cx: 50, cy: 50, r: 3 })).toBe(0);
    expect(on({ kind: "circle", cx: 2, cy: 2, r: -1 })).toBe(0);
    expect(on({ kind: "rect", x: 9, y: 9, w: 2, h: 2 })).toBe(0);
    expect(on({ kind: "polygon", points: [] })).toBe(0);
  });

  it("never leaves the picture, whatever the numbers", () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const shape: fc.Arbitrary<Shape> = fc.oneof(
      fc.record({ kind: fc.constant("rect" as const), x: number, y: number, w: number, h: number }),
      fc.record({
        kind: fc.constant("annulus" as const),
        cx: number,
        cy: number,
        r: number,
        r_inner: number,
      }),
      fc.record({ kind: fc.constant("polygon" as const), points: fc.array(fc.tuple(number, number)) }),
    );
    fc.assert(
      fc.property(shape, (any) => {
        const { mask } = maskOf(any, 9, 7);
        expect(mask.data).toHaveLength(63);
        expect(mask.data.every((value) => value <= 1)).toBe(true);
      }),
    );
  });
});

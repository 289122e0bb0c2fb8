import { describe, expect, it } from "vitest";
import { drawFindings } from "./draw-findings.ts";

const SIZE = 8;
const gray = { width: SIZE, height: SIZE, data: new Uint8Array(3 * SIZE * SIZE).fill(100) };
const plane = (at: (pixel: number) => number) => ({
  width: SIZE,
  height: SIZE,
  data: Float32Array.from({ length: SIZE * SIZE }, (_, pixel) => at(pixel)),
});
const colour = ({ data }: { data: Uint8Array }, x: number, y: number) => [
  ...data.subarray(3 * (y * SIZE + x), 3 * (y * SIZE + x) + 3),
];
const scale = { low: 0, high: 2 };

describe("findings drawn over a picture", () => {
  it("leave the picture itself alone, and nothing to be seen where nothing was found", () => {
    const heat = { plane: plane(() => 0), scale };
    const drawn = drawFindings(gray, { heat, mask: null, threshold: 1, contours: [] });
    expect(drawn.data).toEqual(gray.data);
    expect(drawn.data).not.toBe(gray.data);
  });

  it("grow stronger and redder with the heat, faint under the threshold", () => {
    const heat = { plane: plane((pixel) => (pixel === 0 ? 0.9 : 1.1)), scale };
    const drawn = drawFindings(gray, { heat, mask: null, threshold: 1, contours: [] });
    const [faint, strong] = [colour(drawn, 0, 0), colour(drawn, 1, 0)];
    expect(strong[0]!).toBeGreaterThan(faint[0]! + 20);
    expect(strong[2]!).toBeLessThan(faint[2]! - 10);
  });

  it("darken what lies outside the mask, and have no heat there", () => {
    const mask = { width: SIZE, height: SIZE, data: new Uint8Array(SIZE * SIZE) };
    const heat = { plane: plane(() => 2), scale };
    const drawn = drawFindings(gray, { heat, mask, threshold: 1, contours: [] });
    expect(colour(drawn, 3, 3)).toEqual([45, 45, 45]);
  });

  it("outline regions in red with a dark edge, also at the picture's border", () => {
    const contours = [
      [
        [0, 0],
        [7, 0],
        [7, 7],
        [0, 7],
      ],
    ] as const;
    const drawn = drawFindings(gray, { heat: null, mask: null, threshold: null, contours });
    expect(colour(drawn, 0, 3)).toEqual([255, 32, 32]);
    expect(colour(drawn, 1, 3)).toEqual([0, 0, 0]);
    expect(colour(drawn, 3, 3)).toEqual([100, 100, 100]);
  });

  it("are refused in another size", () => {
    const heat = { plane: { width: 1, height: 1, data: new Float32Array(1) }, scale };
    expect(() => drawFindings(gray, { heat, mask: null, threshold: 1, contours: [] })).toThrow(RangeError);
  });
});

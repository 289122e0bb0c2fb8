import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { externalContours } from "./external-contours.ts";
import type { Mask } from "./picture.ts";
import { findRegions, polygonArea } from "./regions.ts";

interface OpenCvCase {
  width: number;
  height: number;
  rows: string[];
  contours: { area: number; box: [number, number, number, number]; points: [number, number][] }[];
}
const vectors = new URL("../../../tests/vectors/inspection-contours.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(vectors, "utf8")) as { cases: OpenCvCase[] };

const maskOf = ({ width, height, rows }: OpenCvCase): Mask => ({
  width,
  height,
  data: Uint8Array.from(rows.join(""), (cell) => (cell === "#" ? 1 : 0)),
});
const rules = { threshold: 1, mmPerPx: 1, minAreaMm2: 0, maxRegions: 1000 };
const inOrder = (points: readonly (readonly (readonly number[])[])[]) =>
  points.map((p) => JSON.stringify(p)).sort();

describe("externalContours", () => {
  it.each(cases.map((known, index) => ({ index, known })))(
    "finds OpenCV's contours, point by point, in mask $index",
    ({ known }) => {
      const found = [...externalContours(maskOf(known))];
      expect(inOrder(found)).toEqual(inOrder(known.contours.map(({ points }) => points)));
    },
  );
});

describe("findRegions", () => {
  it.each(cases.map((known, index) => ({ index, known })))(
    "yields OpenCV's areas and boxes, largest first, in mask $index",
    ({ known }) => {
      const mask = maskOf(known);
      const heat = { ...mask, data: Float32Array.from(mask.data) };
      const { regions, leftOut } = findRegions(heat, null, rules);
      expect(leftOut).toBe(0);
      expect(regions.map(({ areaPx }) => areaPx)).toEqual(
        known.contours.map(({ area }) => area).sort((a, b) => b - a),
      );
      expect(inOrder(regions.map(({ x, y, w, h }) => [[x, y, w, h]]))).toEqual(
        inOrder(known.contours.map(({ box }) => [box])),
      );
    },
  );

  const flat = (width: number, height: number, value: number) => ({
    width,
    height,
    data: new Float32Array(width * height).fill(value),
  });

  it("counts the threshold itself in and reads areas in mm2", () => {
    const { regions } = findRegions(flat(11, 6, 2), null, { ...rules, threshold: 2, mmPerPx: 0.5 });
    expect(regions).toMatchObject([{ x: 0, y: 0, w: 11, h: 6, areaPx: 50, areaMm2: 12.5 }]);
  });

  it("drops regions under the smallest area", () => {
    const kept = { ...rules, mmPerPx: 0.5, minAreaMm2: 12.5 };
    expect(findRegions(flat(11, 6, 2), null, kept).regions).toHaveLength(1);
    expect(findRegions(flat(11, 6, 2), null, { ...kept, minAreaMm2: 12.6 }).regions).toHaveLength(0);
  });

  it("sees nothing outside the mask", () => {
    const mask = { width: 4, height: 3, data: Uint8Array.of(0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0) };
    const { regions } = findRegions(flat(4, 3, 2), mask, rules);
    expect(regions).toMatchObject([{ x: 1, y: 1, w: 2, h: 2, areaPx: 1 }]);
  });

  it("keeps the largest of too many regions and says how many it left out", () => {
    const heat = flat(64, 64, 0);
    for (let y = 0; y < 64; y += 2) for (let x = 0; x < 64; x += 2) heat.data[y * 64 + x] = 1;
    heat.data.fill(1, 0, 192);
    const { regions, leftOut } = findRegions(heat, null, { ...rules, maxRegions: 10 });
    expect(regions).toHaveLength(10);
    expect(regions[0]).toMatchObject({ w: 64 });
    expect(regions.length + leftOut).toBe(1 + 30 * 32);
  });

  it("covers every pixel at or above the threshold with a box", () => {
    const heats = fc.array(fc.boolean(), { minLength: 56, maxLength: 56 });
    fc.assert(
      fc.property(heats, (cells) => {
        const heat = { width: 8, height: 7, data: Float32Array.from(cells, Number) };
        const { regions } = findRegions(heat, null, rules);
        cells.forEach((on, cell) => {
          const inABox = regions.some(
            ({ x, y, w, h }) => cell % 8 >= x && cell % 8 < x + w && cell >> 3 >= y && cell >> 3 < y + h,
          );
          if (on) expect(inABox).toBe(true);
        });
      }),
    );
  });
});

describe("polygonArea", () => {
  it("is 0 for a point and a line", () => {
    expect(polygonArea([[3, 3]])).toBe(0);
    expect(
      polygonArea([
        [0, 0],
        [5, 5],
      ]),
    ).toBe(0);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Mask, Picture } from "../image/picture.ts";
import { grayOf, pageLines } from "./page-lines.ts";
import { structureCheck } from "./structure-check.ts";
import { structureOverlay } from "./structure-overlay.ts";

interface Case {
  readonly width: number;
  readonly height: number;
  readonly panels_drawn: readonly (readonly [number, number, number, number])[];
  readonly before: readonly Stroke[];
  readonly after: readonly Stroke[];
  readonly expected: {
    readonly gray: readonly [number, number];
    readonly lines: readonly [Checksum, Checksum];
    readonly lost: Checksum;
    readonly added: Checksum;
    readonly inpaint: Checksum;
    readonly iou: number;
    readonly dice: number;
    readonly panels: readonly (readonly [number, number, number, number, number])[];
  };
}
type Stroke = readonly [x: number, y: number, radius: number, thick: number, gray: number];
type Checksum = readonly [count: number, places: number];

const vectors = new URL("../../../tests/vectors/page-structure.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(vectors, "utf8")) as { readonly cases: readonly Case[] };

/** As `draw` of regenerate-page-structure.py. */
function draw(test: Case, strokes: readonly Stroke[], seed: number): Picture {
  const { width, height } = test;
  const data = new Uint8Array(width * height * 3).fill(255);
  const each = (paint: (x: number, y: number) => readonly number[] | null) => {
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const colour = paint(x, y);
        if (colour !== null) data.set(colour, (y * width + x) * 3);
      }
  };
  for (const [px, py, pw, ph] of test.panels_drawn)
    each((x, y) => {
      const inside = Math.min(x - px, y - py, px + pw - 1 - x, py + ph - 1 - y);
      if (inside < 0) return null;
      const shade = 150 + ((x + y * 2 + seed * 7) % 9);
      return inside < 3 ? [10, 10, 10] : [shade, shade + 11, shade + 22];
    });
  for (const [sx, sy, radius, thick, gray] of strokes)
    each((x, y) => {
      const squared = (x - sx) ** 2 + (y - sy) ** 2;
      return squared <= radius ** 2 && squared >= (radius - thick) ** 2
        ? [gray, Math.min(255, gray + 20), Math.floor(gray / 2)]
        : null;
    });
  return { width, height, data };
}

function checksum({ data }: Pick<Mask, "data">): Checksum {
  let [count, places] = [0, 0];
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0) continue;
    count++;
    places = (places + Number((BigInt(at) * 2654435761n) % 1000003n)) % 1000003;
  }
  return [count, places];
}

const sumOf = ({ data }: Pick<Mask, "data">) => data.reduce((sum, value) => sum + value, 0);

describe("OpenCV's numbers", () => {
  it.each(cases.map((test, index) => ({ test, index })))(
    "page $index: lines, drift and panels",
    ({ test }) => {
      const [before, after] = [draw(test, test.before, 1), draw(test, test.after, 2)];
      const { expected } = test;
      const grays = [grayOf(before), grayOf(after)];
      expect(grays.map(sumOf)).toEqual(expected.gray);
      expect(grays.map((gray) => checksum({ data: pageLines(gray) }))).toEqual(expected.lines);
      const report = structureCheck(before, after);
      expect(checksum(report.lost)).toEqual(expected.lost);
      expect(checksum(report.added)).toEqual(expected.added);
      expect(checksum(report.inpaintMask)).toEqual(expected.inpaint);
      expect(report.lineIou).toBeCloseTo(expected.iou, 12);
      expect(report.lineDice).toBeCloseTo(expected.dice, 12);
      expect(
        report.panels.map(({ box, affectedPercent }) => [
          box.x,
          box.y,
          box.width,
          box.height,
          affectedPercent,
        ]),
      ).toEqual(expected.panels.map(([x, y, w, h, percent]) => [x, y, w, h, expect.closeTo(percent, 9)]));
    },
  );
});

const drawn = cases[0] as Case;

it("a page compared with itself has no alert", () => {
  const page = draw(drawn, drawn.before, 1);
  const report = structureCheck(page, page);
  expect(report).toMatchObject({ lineIou: 1, lineDice: 1, affectedPercent: 0, hasAlert: false });
  expect(report.panels.every(({ verdict }) => verdict === "acceptable")).toBe(true);
});

it("a panel whose drawing is gone is critical, and raises the alert", () => {
  const strokes: Stroke[] = [15, 35, 55].map((radius) => [80, 55, radius, 2, 0]);
  const page = draw(drawn, strokes, 1);
  const report = structureCheck(page, draw(drawn, [], 1));
  expect(report.panels[0]?.verdict).toBe("critical_inpaint");
  expect(report.hasAlert).toBe(true);
});

it("the overlay shows lost lines in red, added ones in blue, and frames the panels", () => {
  const ring: Stroke = [80, 55, 25, 3, 0];
  const gone = structureCheck(draw(drawn, [ring], 1), draw(drawn, [], 1));
  const blank = draw(drawn, [], 1);
  const overlay = structureOverlay(blank, gone);
  const at = (pixel: number) => [...overlay.data.subarray(pixel * 3, pixel * 3 + 3)];
  expect(at(gone.lost.data.lastIndexOf(1))).toEqual([220, 30, 30]);
  expect(at(8 * 160 + 8)).toEqual([235, 160, 20]);
  expect(at(108 * 160 + 8)).toEqual([40, 170, 70]);
  const come = structureCheck(blank, draw(drawn, [ring], 1));
  const added = come.added.data.lastIndexOf(1) * 3;
  expect([...structureOverlay(blank, come).data.subarray(added, added + 3)]).toEqual([30, 90, 230]);
});

it("pages of one pixel are compared, pages of different sizes are not", () => {
  const pixel = { width: 1, height: 1, data: Uint8Array.of(0, 0, 0) };
  expect(structureCheck(pixel, pixel).lineIou).toBe(1);
  expect(() => structureCheck(pixel, { width: 2, height: 1, data: new Uint8Array(6) })).toThrow(RangeError);
});

it("screentone that became a colour is no lost line, but a line across it is", () => {
  const [width, height] = [160, 160];
  const plane = (of: (x: number, y: number) => number) => ({
    width,
    height,
    data: Uint8Array.from(
      { length: width * height },
      (_, at) => 255 * of(at % width, Math.floor(at / width)),
    ),
  });
  const page = (isDark: (x: number, y: number) => boolean) => ({
    width,
    height,
    data: Uint8Array.from({ length: width * height * 3 }, (_, at) => {
      const pixel = Math.floor(at / 3);
      return isDark(pixel % width, Math.floor(pixel / width)) ? 20 : 240;
    }),
  });
  const inside = (x: number, y: number) => x > 20 && x < 140 && y > 20 && y < 140;
  const isBlot = (x: number, y: number) => Math.hypot(x - 80, y - 80) < 25;
  const isFrame = (x: number, y: number) => x < 4 || x >= 156 || y < 4 || y >= 156;
  const isDot = (x: number, y: number) => inside(x, y) && x % 6 < 3 && y % 6 < 3;
  const isLine = (x: number, y: number) => inside(x, y) && Math.abs(y - 80) < 2;
  const prepared = {
    ink: plane((x, y) => (isLine(x, y) || isFrame(x, y) ? 1 : 0)),
    tone: plane((x, y) => (inside(x, y) ? 0.75 : 1)),
    screentone: plane((x, y) => (inside(x, y) ? 1 : 0)),
  };
  const dotted = page((x, y) => isFrame(x, y) || isDot(x, y) || isLine(x, y));
  const kept = page((x, y) => isFrame(x, y) || isLine(x, y));
  expect(structureCheck(dotted, kept).hasAlert).toBe(true);
  expect(structureCheck(dotted, kept, prepared)).toMatchObject({ hasAlert: false });
  expect(structureCheck(dotted, page(isFrame), prepared).affectedPercent).toBeGreaterThan(10);

  // White dots on black are the only light around a blot: without them it is black on all but black.
  const isWhite = (x: number, y: number) => inside(x, y) && !isBlot(x, y) && x % 6 < 2 && y % 6 < 2;
  const web = page((x, y) => isFrame(x, y) || (inside(x, y) && !isWhite(x, y)));
  const dark = {
    ink: plane((x, y) => (isBlot(x, y) || isFrame(x, y) ? 1 : 0)),
    tone: plane((x, y) => (inside(x, y) ? 0.2 : 1)),
    screentone: plane((x, y) => (inside(x, y) && !isBlot(x, y) ? 1 : 0)),
  };
  const even = page((x, y) => isFrame(x, y) || inside(x, y));
  expect(structureCheck(web, even).affectedPercent).toBeGreaterThan(5);
  expect(structureCheck(web, even, dark).affectedPercent).toBe(0);
});

import { describe, expect, it } from "vitest";
import type { AnalysisView } from "../analysis/analysis-view.ts";
import { correspondences, placeOnReference } from "./correspondences.ts";
import { referenceSight } from "./sight.ts";
import { drawnFigure, type Shown, toneOfFigure } from "./testing.ts";

function drawing(width: number, height: number, figures: readonly Shown[]): AnalysisView {
  const tone = Float32Array.from({ length: width * height }, (_, pixel) => {
    const [column, row] = [pixel % width, Math.floor(pixel / width)];
    return (
      figures.map((shown) => toneOfFigure(shown, column, row)).find((value) => value !== undefined) ?? 0.8
    );
  });
  return {
    width,
    height,
    tone,
    ink: new Float32Array(tone.length),
    free: new Uint8Array(tone.length).fill(1),
  };
}

/** Twelve figures, each another one, that fill a drawing. */
function crowd(seed: number, width: number, height: number): Shown[] {
  return Array.from({ length: 12 }, (_, at) => ({
    ellipses: drawnFigure(seed + at),
    x: ((at % 3) * width) / 3 - 20,
    y: (Math.floor(at / 3) * height) / 4 - 20,
    side: 170,
  }));
}

const [WITCH, KNIGHT, STRANGER] = [drawnFigure(1), drawnFigure(2), drawnFigure(3)];
const reference = drawing(500, 400, [
  { ellipses: WITCH, x: 10, y: 60, side: 240 },
  { ellipses: KNIGHT, x: 250, y: 100, side: 240 },
]);
const sights = [referenceSight(reference)];

/** Where the middle of what the page shows at a place is on the reference. */
function placeOf(page: AnalysisView, place: { readonly x: number; readonly y: number }) {
  const found = correspondences(page, sights).find(
    ({ x, y, side }) => Math.hypot(x + side / 2 - place.x, y + side / 2 - place.y) < side / 3,
  );
  return found === undefined ? undefined : placeOnReference(found, place);
}

describe("correspondences of a page and a reference", () => {
  it.each([
    { how: "elsewhere", side: 240, mirrored: false },
    { how: "in a mirror", side: 240, mirrored: true },
    { how: "smaller", side: 170, mirrored: false },
    { how: "larger, in a mirror", side: 330, mirrored: true },
  ])("are found where the page shows a figure of it $how", ({ side, mirrored }) => {
    const page = drawing(400, 500, [{ ellipses: KNIGHT, x: 30, y: 120, side, mirrored }]);
    const place = placeOf(page, { x: 30 + side / 2, y: 120 + side / 2 });
    expect(place?.x).toBeGreaterThan(370 - 15);
    expect(place?.x).toBeLessThan(370 + 15);
    expect(place?.y).toBeGreaterThan(220 - 15);
    expect(place?.y).toBeLessThan(220 + 15);
  });

  it("tell which of several references shows it", () => {
    const page = drawing(400, 500, [{ ellipses: WITCH, x: 60, y: 120, side: 240 }]);
    const others = [STRANGER, KNIGHT].map((ellipses) =>
      referenceSight(drawing(500, 400, [{ ellipses, x: 100, y: 60, side: 240 }])),
    );
    const found = correspondences(page, [...others, ...sights]);
    const sure = found.filter(({ certainty }) => certainty > 0.9);
    expect(sure.length).toBeGreaterThan(3);
    expect(new Set(sure.map(({ reference }) => reference))).toEqual(new Set([2]));
  });

  it("are not found where the page shows something else, or nothing", () => {
    expect(
      correspondences(drawing(400, 500, [{ ellipses: STRANGER, x: 60, y: 120, side: 240 }]), sights),
    ).toEqual([]);
    expect(correspondences(drawing(400, 500, []), sights)).toEqual([]);
    expect(correspondences(drawing(1, 1, []), sights)).toEqual([]);
    const empty = referenceSight(drawing(3, 1, []));
    expect(correspondences(reference, [empty])).toEqual([]);
  });

  it.each([150, 240])("are not found in an outline alone: a bald head of %d pixels is no globe", (side) => {
    const disc = [{ x: 0.5, y: 0.5, across: 0.5, down: 0.5, tone: 0.3 }];
    const globe = drawing(500, 400, [{ ellipses: disc, x: 100, y: 10, side: 300 }, ...crowd(10, 500, 400)]);
    const head = drawing(400, 500, [{ ellipses: disc, x: 60, y: 40, side }, ...crowd(110, 400, 500)]);
    expect(correspondences(head, [referenceSight(globe)])).toEqual([]);
  });

  it("map the corners of a square to those of the other, swapped in a mirror", () => {
    const square = {
      x: 10,
      y: 20,
      side: 40,
      reference: 0,
      toX: 100,
      toY: 200,
      toSide: 80,
      mirrored: true,
      certainty: 1,
    };
    expect(placeOnReference(square, { x: 10, y: 20 })).toEqual({ x: 180, y: 200 });
    expect(placeOnReference({ ...square, mirrored: false }, { x: 50, y: 60 })).toEqual({ x: 180, y: 280 });
  });
});

import { externalContours, type Point } from "./external-contours.ts";
import type { Mask, Plane } from "./picture.ts";

/** A connected piece of the heat at or above the threshold. Pixels; `areaMm2` in square millimetres. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** Of the polygon through the contour's pixel centres, as OpenCV's `contourArea`: a single pixel has 0. */
  readonly areaPx: number;
  readonly areaMm2: number;
  readonly contour: readonly Point[];
}

export interface RegionRules {
  readonly threshold: number;
  readonly mmPerPx: number;
  /** Smaller regions are dropped. */
  readonly minAreaMm2: number;
  /** At most so many are yielded, the largest first; noise can make tens of thousands. */
  readonly maxRegions: number;
}

export interface FoundRegions {
  /** By area, largest first. */
  readonly regions: readonly Region[];
  /** How many more passed the rules but were left out because of `maxRegions`. */
  readonly leftOut: number;
}

/**
 * Where the heat reaches the threshold inside the mask, as outlines.
 * O(pixels + regions log regions).
 *
 * @param mask the whole picture when null; of the heat's size otherwise.
 */
export function findRegions(heat: Plane, mask: Mask | null, rules: RegionRules): FoundRegions {
  const { width, height } = heat;
  const data = new Uint8Array(width * height);
  for (let pixel = 0; pixel < data.length; pixel++)
    if ((heat.data[pixel] as number) >= rules.threshold && (mask === null || mask.data[pixel] === 1))
      data[pixel] = 1;

  const mm2PerPx = rules.mmPerPx ** 2;
  const minAreaPx = rules.minAreaMm2 / mm2PerPx;
  const found: Region[] = [];
  for (const contour of externalContours({ width, height, data })) {
    const areaPx = polygonArea(contour);
    if (areaPx >= minAreaPx) found.push({ ...boxOf(contour), areaPx, areaMm2: areaPx * mm2PerPx, contour });
  }
  found.sort((a, b) => b.areaPx - a.areaPx);
  const regions = found.slice(0, rules.maxRegions);
  return { regions, leftOut: found.length - regions.length };
}

/** Area of a closed polygon (shoelace formula). */
export function polygonArea(points: readonly Point[]): number {
  let twice = 0;
  let [x0, y0] = points.at(-1) ?? [0, 0];
  for (const [x, y] of points) {
    twice += x0 * y - x * y0;
    [x0, y0] = [x, y];
  }
  return Math.abs(twice) / 2;
}

function boxOf(contour: readonly Point[]): Pick<Region, "x" | "y" | "w" | "h"> {
  let [left, top] = contour[0] ?? [0, 0];
  let [right, bottom] = [left, top];
  for (const [x, y] of contour) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, w: right - left + 1, h: bottom - top + 1 };
}

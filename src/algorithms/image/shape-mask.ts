import type { Mask } from "./picture.ts";
import { boundsOf, type Shape } from "./shapes.ts";

/** A mask and whether part of its shape lay outside the picture. */
export interface ShapeMask {
  readonly mask: Mask;
  readonly clipped: boolean;
}

/**
 * The pixels of a picture that a shape covers; what lies outside the picture is clipped away.
 * Circles take the pixels whose coordinates are at most `r` from the centre, an annulus those farther than
 * `r_inner`; rectangles are rounded to whole pixels; polygons follow the even-odd rule at pixel centres.
 * O(width x height), polygons O(height x points + pixels).
 */
export function maskOf(shape: Shape, width: number, height: number): ShapeMask {
  const data = new Uint8Array(width * height);
  paint(shape, { width, height, data });
  const [left, top, right, bottom] = boundsOf(shape, width, height);
  // A circle's last covered pixel is at `right`, a rectangle's before it.
  const slack = shape.kind === "circle" || shape.kind === "annulus" ? 1 : 0;
  const clipped = left < 0 || top < 0 || right > width - slack || bottom > height - slack;
  return { mask: { width, height, data }, clipped };
}

function paint(shape: Shape, mask: Mask): void {
  if (shape.kind === "rect") paintRect(boundsOf(shape, mask.width, mask.height).map(Math.round), mask);
  else if (shape.kind === "polygon") paintPolygon(shape.points, mask);
  else paintRing(shape.cx, shape.cy, shape.r, shape.kind === "annulus" ? shape.r_inner : -1, mask);
}

function paintRect([left = 0, top = 0, right = 0, bottom = 0]: readonly number[], mask: Mask): void {
  for (let y = Math.max(0, top); y < Math.min(mask.height, bottom); y++) fillRow(mask, y, left, right);
}

function paintRing(cx: number, cy: number, outer: number, inner: number, mask: Mask): void {
  if (outer < 0) return;
  const top = Math.max(0, Math.ceil(cy - outer));
  const bottom = Math.min(mask.height - 1, Math.floor(cy + outer));
  for (let y = top; y <= bottom; y++) {
    const reach = Math.sqrt(outer * outer - (y - cy) ** 2);
    fillRow(mask, y, Math.ceil(cx - reach), Math.floor(cx + reach) + 1);
    const hole = inner < 0 ? Number.NaN : Math.sqrt(inner * inner - (y - cy) ** 2);
    if (hole >= 0) fillRow(mask, y, Math.ceil(cx - hole), Math.floor(cx + hole) + 1, 0);
  }
}

function paintPolygon(points: readonly (readonly [number, number])[], mask: Mask): void {
  for (let y = 0; y < mask.height; y++) {
    const crossings = crossingsAt(points, y + 0.5);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const [from = 0, to = 0] = crossings.slice(pair, pair + 2);
      fillRow(mask, y, Math.ceil(from - 0.5), Math.ceil(to - 0.5));
    }
  }
}

/** Where the outline crosses a horizontal line, from left to right. */
function crossingsAt(points: readonly (readonly [number, number])[], y: number): number[] {
  const found: number[] = [];
  let [x0, y0] = points.at(-1) ?? [0, 0];
  for (const [x1, y1] of points) {
    if (y0 > y !== y1 > y) found.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
    [x0, y0] = [x1, y1];
  }
  return found.sort((a, b) => a - b);
}

function fillRow({ width, data }: Mask, y: number, from: number, to: number, value = 1): void {
  const start = Math.max(0, from);
  const end = Math.min(width, to);
  if (start < end) data.fill(value, y * width + start, y * width + end);
}

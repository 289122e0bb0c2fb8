import type { Point } from "./external-contours.ts";
import type { HeatmapScale } from "./heatmap-bytes.ts";
import type { Mask, Picture, Plane } from "./picture.ts";

/** What was found on a picture, ready to be drawn over it. */
export interface Findings {
  /** Of the picture's size; null draws no heat and shades nothing. */
  readonly heat: { readonly plane: Plane; readonly scale: HeatmapScale } | null;
  /** The whole picture when null; outside of it the picture is darkened where heat is drawn. */
  readonly mask: Mask | null;
  /** Heat from here up is drawn strong; null: from the middle of the scale. */
  readonly threshold: number | null;
  /** Outlines in pixels of the picture. */
  readonly contours: readonly (readonly Point[])[];
}

const MAX_OPACITY = 0.55;
/** Heat under the threshold is there to be looked for, not to alarm. */
const FAINT = 0.3;
const OUTSIDE = 0.45;
const LINE = [255, 32, 32] as const;
const HALO = [0, 0, 0] as const;
/** A picture so large gets lines one pixel thicker. */
const PIXELS_PER_LINE_WIDTH = 400;

/**
 * A copy of the picture with the heat laid over it (yellow to red, faint under the threshold), the part outside the
 * mask darkened, and each outline drawn in red with a dark edge. O(pixels + outline lengths x line width squared).
 * @throws RangeError when heat or mask differ from the picture in size
 */
export function drawFindings(picture: Picture, { heat, mask, threshold, contours }: Findings): Picture {
  const drawn = { ...picture, data: new Uint8Array(picture.data) };
  if (heat !== null) {
    demandSize(heat.plane, picture);
    if (mask !== null) demandSize(mask, picture);
    paintHeat(drawn, heat.plane, mask, heat.scale, threshold);
  }
  const width = 1 + Math.round(Math.max(picture.width, picture.height) / PIXELS_PER_LINE_WIDTH);
  for (const contour of contours) paintLine(drawn, contour, width + 2, HALO);
  for (const contour of contours) paintLine(drawn, contour, width, LINE);
  return drawn;
}

function paintHeat(
  { data }: Picture,
  heat: Plane,
  mask: Mask | null,
  { low, high }: HeatmapScale,
  threshold: number | null,
): void {
  const span = Math.max(high - low, Number.MIN_VALUE);
  const limit = threshold ?? (low + high) / 2;
  for (let pixel = 0; pixel < heat.data.length; pixel++) {
    const at = 3 * pixel;
    if (mask !== null && mask.data[pixel] !== 1) {
      for (let channel = at; channel < at + 3; channel++) data[channel] = OUTSIDE * data[channel]!;
      continue;
    }
    const value = heat.data[pixel]!;
    const share = Math.min(1, Math.max(0, (value - low) / span));
    const opacity = MAX_OPACITY * share * (value >= limit ? 1 : FAINT);
    if (opacity === 0) continue;
    data[at] = Math.round(data[at]! + opacity * (255 - data[at]!));
    data[at + 1] = Math.round(data[at + 1]! + opacity * (225 * (1 - share) - data[at + 1]!));
    data[at + 2] = Math.round(data[at + 2]! * (1 - opacity));
  }
}

/** A closed line through the corners, drawn with a square pen. */
function paintLine(
  picture: Picture,
  corners: readonly Point[],
  width: number,
  colour: readonly [number, number, number],
): void {
  let [x0, y0] = corners.at(-1) ?? [0, 0];
  for (const [x1, y1] of corners) {
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))));
    for (let step = 0; step <= steps; step++) {
      const x = Math.round(x0 + ((x1 - x0) * step) / steps);
      const y = Math.round(y0 + ((y1 - y0) * step) / steps);
      paintDot(picture, x, y, width, colour);
    }
    [x0, y0] = [x1, y1];
  }
}

function paintDot(
  { width, height, data }: Picture,
  x: number,
  y: number,
  size: number,
  colour: readonly [number, number, number],
): void {
  const reach = size >> 1;
  const [left, right] = [Math.max(0, x - reach), Math.min(width, x - reach + size)];
  for (let row = Math.max(0, y - reach); row < Math.min(height, y - reach + size); row++)
    for (let column = left; column < right; column++) data.set(colour, 3 * (row * width + column));
}

function demandSize(plane: Pick<Plane, "width" | "height">, picture: Picture): void {
  if (plane.width !== picture.width || plane.height !== picture.height)
    throw new RangeError(
      `expected a plane of ${picture.width}x${picture.height}, got ${plane.width}x${plane.height}`,
    );
}

import type { Picture } from "./picture.ts";
import type { Region } from "./resample.ts";

/** A rectangle that may be turned. Pixels; the picture's left upper corner is (0, 0). */
export interface TurnedBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Degrees clockwise on the screen, about the rectangle's middle. */
  readonly angle: number;
}

/** Half a pixel over the edge is rounding, not a mistake. */
const SLACK = 0.5 + 1e-6;

/**
 * A part of a picture. O(pixels of the part).
 * @throws RangeError for one that is empty or reaches beyond the picture
 */
export function cutPicture(picture: Picture, { left, top, width, height }: Region): Picture {
  const fits = left >= 0 && top >= 0 && left + width <= picture.width && top + height <= picture.height;
  if (!fits || width < 1 || height < 1)
    throw new RangeError(
      `${width} x ${height} at ${left}, ${top} is no part of ${picture.width} x ${picture.height}`,
    );
  const data = new Uint8Array(3 * width * height);
  for (let row = 0; row < height; row++) {
    const from = 3 * ((top + row) * picture.width + left);
    data.set(picture.data.subarray(from, from + 3 * width), 3 * row * width);
  }
  return { width, height, data };
}

/** The smallest upright part that a turned box needs, within the picture; null when the box reaches beyond it. */
export function boundsOfBox(box: TurnedBox, picture: Pick<Picture, "width" | "height">): Region | null {
  const xs: number[] = [];
  const ys: number[] = [];
  for (const [u, v] of [
    [0, 0],
    [box.width, 0],
    [0, box.height],
    [box.width, box.height],
  ] as const) {
    const [x, y] = placeOf(box, u, v);
    xs.push(x);
    ys.push(y);
  }
  const inside =
    Math.min(...xs) >= -SLACK &&
    Math.min(...ys) >= -SLACK &&
    Math.max(...xs) <= picture.width + SLACK &&
    Math.max(...ys) <= picture.height + SLACK;
  if (!inside) return null;
  const left = Math.max(0, Math.floor(Math.min(...xs)) - 1);
  const top = Math.max(0, Math.floor(Math.min(...ys)) - 1);
  return {
    left,
    top,
    width: Math.min(picture.width, Math.ceil(Math.max(...xs)) + 1) - left,
    height: Math.min(picture.height, Math.ceil(Math.max(...ys)) + 1) - top,
  };
}

/**
 * What a turned box shows, upright again, sampled bilinearly; the picture's outermost pixels go on beyond its edge.
 * Pixel (u, v) of the result lies at `middle + turned(u - width / 2, v - height / 2)` of the picture, both measured
 * from pixels' corners. O(pixels of the result).
 */
export function cutTurned(picture: Picture, box: TurnedBox): Picture {
  const [width, height] = [Math.round(box.width), Math.round(box.height)];
  const data = new Uint8Array(3 * width * height);
  const [startX, startY] = placeOf(box, 0.5, 0.5);
  const [acrossX, acrossY] = direction(box.angle);
  for (let v = 0; v < height; v++)
    for (let u = 0; u < width; u++) {
      const x = startX + u * acrossX - v * acrossY - 0.5;
      const y = startY + u * acrossY + v * acrossX - 0.5;
      sample(picture, x, y, data, 3 * (v * width + u));
    }
  return { width, height, data };
}

/** Where a point of the box lies in the picture, both from pixels' corners. */
function placeOf({ left, top, width, height, angle }: TurnedBox, u: number, v: number): [number, number] {
  const [cos, sin] = direction(angle);
  const [du, dv] = [u - width / 2, v - height / 2];
  return [left + width / 2 + du * cos - dv * sin, top + height / 2 + du * sin + dv * cos];
}

/** Cosine and sine; exact for quarter turns. */
function direction(angle: number): readonly [number, number] {
  const turn = ((angle % 360) + 360) % 360;
  const quarter = turn / 90;
  if (Number.isInteger(quarter))
    return (
      [
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ] as const
    )[quarter]!;
  const radians = (turn * Math.PI) / 180;
  return [Math.cos(radians), Math.sin(radians)];
}

function sample({ width, height, data }: Picture, x: number, y: number, into: Uint8Array, at: number): void {
  const clampedX = Math.min(width - 1, Math.max(0, x));
  const clampedY = Math.min(height - 1, Math.max(0, y));
  const left = Math.floor(clampedX);
  const top = Math.floor(clampedY);
  const right = Math.min(width - 1, left + 1);
  const bottom = Math.min(height - 1, top + 1);
  const [shareX, shareY] = [clampedX - left, clampedY - top];
  for (let channel = 0; channel < 3; channel++) {
    const of = (row: number, column: number) => data[3 * (row * width + column) + channel]!;
    const above = of(top, left) + shareX * (of(top, right) - of(top, left));
    const below = of(bottom, left) + shareX * (of(bottom, right) - of(bottom, left));
    into[at + channel] = Math.round(above + shareY * (below - above));
  }
}

import type { Picture } from "../../../../algorithms/image/picture.ts";
import { resizePicture } from "../../../../ml/images/edit-picture.ts";
import type { Size } from "../working-size.ts";

/** Pixels along the square that the network looks at, and along its patches. */
export interface Frame {
  readonly side: number;
  readonly patch: number;
}

/** How one axis of a picture lies in the square. */
export interface AxisPlace {
  /** Pixels of the picture along the axis, and of its image in the square. */
  readonly pixels: number;
  readonly shown: number;
  /** Where that image begins in the square. */
  readonly offset: number;
  /** The patches that show the picture: the first, and how many. */
  readonly first: number;
  readonly count: number;
}

/** Where a picture lies in the square: aspect kept, centred. */
export interface Letterbox {
  readonly down: AxisPlace;
  readonly across: AxisPlace;
}

/**
 * The place of a picture. Patches count as the picture's when at least half of them along each axis shows it (at least
 * one does); the others show padding, which is no part of the object.
 */
export function letterboxOf({ width, height }: Size, frame: Frame): Letterbox {
  const scale = frame.side / Math.max(width, height);
  return { down: placeAxis(height, scale, frame), across: placeAxis(width, scale, frame) };
}

function placeAxis(pixels: number, scale: number, { side, patch }: Frame): AxisPlace {
  const shown = Math.max(1, Math.round(pixels * scale));
  const offset = Math.floor((side - shown) / 2);
  const first = Math.max(0, Math.ceil((offset - patch / 2) / patch));
  const end = Math.floor((offset + shown - patch / 2) / patch) + 1;
  if (end > first) return { pixels, shown, offset, first, count: end - first };
  return { pixels, shown, offset, first: Math.floor((offset + shown / 2) / patch), count: 1 };
}

/** The picture in its square: bicubic, antialiased, black around it. `[side, side, 3]` uint8 row-major. */
export async function letterboxed(
  picture: Picture,
  { down, across }: Letterbox,
  { side }: Frame,
): Promise<Uint8Array> {
  const { data } = await resizePicture(picture, { width: across.shown, height: down.shown });
  if (across.shown === side && down.shown === side) return data;
  const square = new Uint8Array(side * side * 3);
  for (let row = 0; row < down.shown; row++)
    square.set(
      data.subarray(row * across.shown * 3, (row + 1) * across.shown * 3),
      ((down.offset + row) * side + across.offset) * 3,
    );
  return square;
}

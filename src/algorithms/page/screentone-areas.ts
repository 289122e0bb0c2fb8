import { componentsOf } from "./components.ts";
import type { PageScale } from "./page-scale.ts";
import { type Bytes, closed, dilated } from "./running-extremes.ts";
import { SPECK } from "./specks.ts";

const LIKELY = 127;

/**
 * Screentone to its very edges, 0 or 255: the likeness of {@link screentoneOf} is blurred by its windows, faint along
 * lines and bleeds into white. It tells which areas are screentone; where they end, the dots tell: dark pixels closed
 * over the gaps between them. Areas too small to be a tone are dropped. O(pixels).
 */
export function screentoneAreas(likeness: Bytes, specks: Bytes, { toneRadius, speckSize }: PageScale): Bytes {
  const { width, height } = likeness;
  const plane = (data: Uint8Array): Bytes => ({ width, height, data });
  const likely = plane(likeness.data.map((share) => (share > LIKELY ? 1 : 0)));
  dropSmall(likely, (3 * toneRadius) ** 2);
  const dark = specks.data.map((kind) => (kind === SPECK.dark || kind === SPECK.darkSpeck ? 1 : 0));
  const cover = closed(plane(dark), speckSize >> 1);
  const near = dilated(likely, toneRadius);
  for (let at = 0; at < cover.length; at++) cover[at] = cover[at] === 1 && near[at] === 1 ? 255 : 0;
  return plane(cover);
}

function dropSmall(plane: Bytes, leastArea: number): void {
  const pieces = componentsOf(plane, 1, true);
  for (let piece = 0; piece < pieces.count; piece++) {
    if ((pieces.areas[piece] as number) >= leastArea) continue;
    pieces.runsOf(piece, (row, start, end) =>
      plane.data.fill(0, row * plane.width + start, row * plane.width + end),
    );
  }
}

import { byteTable, translated } from "./byte-table.ts";
import { componentsOf } from "./components.ts";
import type { PageScale } from "./page-scale.ts";
import { type Bytes, closed, dilated } from "./running-extremes.ts";
import { SPECK } from "./specks.ts";

const LIKELY = byteTable((share) => (share > 127 ? 1 : 0));
const DARK = byteTable((kind) => (kind === SPECK.dark || kind === SPECK.darkSpeck ? 1 : 0));

/**
 * Screentone to its very edges, 0 or 255: the likeness of {@link screentoneOf} is blurred by its windows, faint along
 * lines and bleeds into white. It tells which areas are screentone; where they end, the dots tell: dark pixels closed
 * over the gaps between them. Areas too small to be a tone are dropped. O(pixels).
 */
export function screentoneAreas(likeness: Bytes, specks: Bytes, { toneRadius, speckSize }: PageScale): Bytes {
  const { width, height } = likeness;
  const plane = (data: Uint8Array): Bytes => ({ width, height, data });
  const likely = plane(translated(likeness.data, LIKELY));
  dropSmall(likely, (3 * toneRadius) ** 2);
  const cover = closed(plane(translated(specks.data, DARK)), speckSize >> 1);
  const near = dilated(likely, toneRadius);
  for (let at = 0; at < cover.length; at++) cover[at] = 255 * (cover[at] as number) * (near[at] as number);
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

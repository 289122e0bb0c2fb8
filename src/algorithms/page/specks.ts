import { byteTable, translated } from "./byte-table.ts";
import { componentsOf } from "./components.ts";
import { SIGNIFICANT } from "./crossings.ts";
import type { Contrast } from "./local-contrast.ts";
import type { Bytes } from "./running-extremes.ts";

/** What a pixel of {@link specksOf} is. */
export const SPECK = { none: 0, dark: 1, darkSpeck: 2, bright: 3, brightSpeck: 4 } as const;

/** The side of a contrast, whose byte is read without its sign. */
const SIDES = byteTable((byte) => {
  const contrast = (byte << 24) >> 24;
  if (contrast < -SIGNIFICANT) return SPECK.dark;
  return contrast > SIGNIFICANT ? SPECK.bright : SPECK.none;
});

/**
 * Pixels darker or brighter than their neighbourhood, and which of them belong to specks: pieces no wider or higher
 * than `size`. Screentone consists of specks, on white of dark ones, on black of bright ones; lines and letters do not.
 */
export function specksOf({ width, height, data }: Contrast, size: number): Bytes {
  const plane = {
    width,
    height,
    data: translated(new Uint8Array(data.buffer, data.byteOffset, data.length), SIDES),
  };
  markSpecks(plane, SPECK.dark, SPECK.darkSpeck, size);
  markSpecks(plane, SPECK.bright, SPECK.brightSpeck, size);
  return plane;
}

function markSpecks(plane: Bytes, value: number, mark: number, size: number): void {
  // Dots that touch with a corner only are still dots.
  const pieces = componentsOf(plane, value, false);
  for (let piece = 0; piece < pieces.count; piece++) {
    const box = pieces.boxOf(piece);
    if (box.width > size || box.height > size) continue;
    pieces.runsOf(piece, (row, start, end) =>
      plane.data.fill(mark, row * plane.width + start, row * plane.width + end),
    );
  }
}

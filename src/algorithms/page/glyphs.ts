import { componentsOf } from "./components.ts";
import type { PageBox } from "./prepared-page.ts";
import type { Bytes } from "./running-extremes.ts";

/** A small dark piece that may be a letter or a part of one. */
export interface Glyph {
  readonly box: PageBox;
  readonly area: number;
  /** Mean thickness of its strokes, pixels. */
  readonly stroke: number;
}

const LEAST_AREA = 3;

/** The dark pieces of a plane as glyphs, in the order of their first pixel. O(pixels). */
export function glyphsOf(dark: Bytes): Glyph[] {
  const pieces = componentsOf(dark, 1, true);
  const glyphs: Glyph[] = [];
  for (let piece = 0; piece < pieces.count; piece++) {
    const area = pieces.areas[piece] as number;
    if (area < LEAST_AREA) continue;
    const box = pieces.boxOf(piece);
    const runs = { across: 0 };
    pieces.runsOf(piece, () => {
      runs.across++;
    });
    const down = runsDown(dark, box);
    glyphs.push({ box, area, stroke: Math.min(area / runs.across, area / Math.max(1, down)) });
  }
  return glyphs;
}

/** Vertical runs in a box: how often dark begins, downwards. */
function runsDown({ width, data }: Bytes, box: PageBox): number {
  let runs = 0;
  for (let y = box.y; y < box.y + box.height; y++)
    for (let x = box.x; x < box.x + box.width; x++) {
      const at = y * width + x;
      if (data[at] === 1 && (y === box.y || data[at - width] !== 1)) runs++;
    }
  return runs;
}

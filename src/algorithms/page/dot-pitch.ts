import type { Bytes } from "./running-extremes.ts";
import { SPECK } from "./specks.ts";

/** Screentone is looked at in squares of this many pixels. */
const BLOCK = 32;
/** Share of a square that must be screentone, and dots in it that it takes to tell their distance. */
const FULL = 0.9;
const LEAST_DOTS = 9;

/**
 * How far a page's dots lie apart, pixels: the side of the square that each dot has to itself, the lower quartile over places
 * full of screentone, for lines and dots that touch take dots away. Dark dots on white and white ones on black count
 * alike, whichever are more. 0 where no place is full. O(pixels).
 */
export function dotPitch(screentone: Bytes, specks: Bytes): number {
  const { width, height } = screentone;
  const sides: number[] = [];
  for (let top = 0; top + BLOCK <= height; top += BLOCK)
    for (let left = 0; left + BLOCK <= width; left += BLOCK) {
      let [screened, dark, bright] = [0, 0, 0];
      for (let y = top; y < top + BLOCK; y++)
        for (let at = y * width + left; at < y * width + left + BLOCK; at++) {
          if (screentone.data[at] === 255) screened++;
          const kind = specks.data[at];
          if (kind !== SPECK.darkSpeck && kind !== SPECK.brightSpeck) continue;
          if (!isFirst(specks, at, kind)) continue;
          if (kind === SPECK.darkSpeck) dark++;
          else bright++;
        }
      const dots = Math.max(dark, bright);
      if (screened >= FULL * BLOCK * BLOCK && dots >= LEAST_DOTS) sides.push(BLOCK / Math.sqrt(dots));
    }
  sides.sort((a, b) => a - b);
  return sides[sides.length >> 2] ?? 0;
}

/** Whether nothing above or to the left belongs to the same dot. */
function isFirst({ width, data }: Bytes, at: number, kind: number): boolean {
  return (
    data[at - 1] !== kind &&
    data[at - width - 1] !== kind &&
    data[at - width] !== kind &&
    data[at - width + 1] !== kind
  );
}

import type { Bytes } from "./running-extremes.ts";

/** Paper is seldom darker than this; on a page without any paper nothing is. */
const DARKEST_PAPER = 190;
/** How far below its white, paper is still paper. */
const UNEVEN = 24;

/** The least gray level that counts as paper: a little below the brightest twentieth of the page. O(pixels). */
export function paperWhite({ data }: Bytes): number {
  const counts = new Int32Array(256);
  for (let at = 0; at < data.length; at++) {
    const value = data[at] as number;
    counts[value] = (counts[value] as number) + 1;
  }
  let level = 255;
  for (let seen = 0; level > 0; level--) {
    seen += counts[level] as number;
    if (seen * 20 >= data.length) break;
  }
  return Math.max(DARKEST_PAPER, level - UNEVEN);
}

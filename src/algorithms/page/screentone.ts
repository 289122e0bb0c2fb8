import { boxSums } from "./box-sums.ts";
import { crossings } from "./crossings.ts";
import type { Contrast } from "./local-contrast.ts";
import type { PageScale } from "./page-scale.ts";
import type { Bytes } from "./running-extremes.ts";
import { SPECK } from "./specks.ts";
import { tilesOf } from "./tiles.ts";

const DIRECTIONS = [
  [0, 1],
  [1, 0],
  [1, 1],
  [1, -1],
] as const;

/** Dark pixels per bright one, from which on bright specks count. */
const LEAST_BLACK = 0.8;
/** Share of specks among dark (or bright) pixels: a line across light dots brings it down to a third. */
const [LEAST_SPECKS, MOST_LINES] = [0.25, 0.45] as const;

/**
 * Share of screentone at each pixel, 0..255: many changes of sign in every direction (lines have none along
 * themselves, hatching along its strokes), enough local energy, and specks for the most part.
 * By tiles: O(pixels), 40 bytes a pixel of a tile.
 *
 * Source: spec/colorization.md section 5, step 1; the two diagonals and the specks are ours, against hair and letters.
 */
export function screentoneOf(contrast: Contrast, specks: Bytes, { toneRadius }: PageScale): Bytes {
  const { width, height } = contrast;
  const result = new Uint8Array(width * height);
  for (const { top, bottom, from, to } of tilesOf(width, height, 2 * toneRadius + 8)) {
    const rows = to - from;
    const [first, end] = [from * width, to * width];
    const score = likeness(
      contrast.data.subarray(first, end),
      specks.data.subarray(first, end),
      { width, rows },
      toneRadius,
    );
    result.set(score.subarray((top - from) * width, (bottom - from) * width), top * width);
  }
  return { width, height, data: result };
}

function likeness(
  contrast: Int8Array,
  specks: Uint8Array,
  { width, rows }: { width: number; rows: number },
  radius: number,
): Uint8Array {
  const window = (2 * radius + 1) ** 2;
  const fewest = leastCrossings(contrast, { width, rows }, radius);
  const energy = new Int32Array(contrast.length);
  for (let at = 0; at < energy.length; at++) energy[at] = Math.abs(contrast[at] as number);
  boxSums(energy, width, rows, radius);
  const size = { width, rows };
  const dark = shareOfSpecks(specks, [SPECK.dark, SPECK.darkSpeck], size, radius);
  const bright = shareOfSpecks(specks, [SPECK.bright, SPECK.brightSpeck], size, radius);
  const result = new Uint8Array(width * rows);
  for (let from = 0; from < result.length; from += width)
    writeLikeness({ fewest, energy, dark, bright, window }, result, from, from + width);
  return result;
}

/** What lies in each pixel's window of so many pixels. */
interface Around {
  readonly fewest: Int32Array;
  readonly energy: Int32Array;
  readonly dark: Specks;
  readonly bright: Specks;
  readonly window: number;
}

function writeLikeness(around: Around, result: Uint8Array, from: number, to: number): void {
  const { fewest, energy, dark, bright, window } = around;
  for (let pixel = from; pixel < to; pixel++) {
    const crossed = ramp((fewest[pixel] as number) / window, 0.04, 0.09);
    if (crossed === 0) continue;
    const lively = ramp((energy[pixel] as number) / window, 14, 22);
    // White dots are seen on what is mostly black; between letters there are white specks too, on white.
    const onBlack = (dark.counts[pixel] as number) >= LEAST_BLACK * (bright.counts[pixel] as number);
    const white = onBlack ? (bright.shares[pixel] as number) : 0;
    const speckled = Math.max(dark.shares[pixel] as number, white) / 255;
    result[pixel] = Math.round(255 * crossed * lively * ramp(speckled, LEAST_SPECKS, MOST_LINES));
  }
}

/** Pixels of one side in each pixel's window, and the share of specks among them, 0..255. */
interface Specks {
  readonly shares: Uint8Array;
  readonly counts: Int32Array;
}

/** Both are counted in one sum. */
function shareOfSpecks(
  specks: Uint8Array,
  [side, speck]: readonly [side: number, speck: number],
  { width, rows }: { width: number; rows: number },
  radius: number,
): Specks {
  const worth = Int32Array.from({ length: 256 }, (_, kind) =>
    kind === speck ? 0x10001 : kind === side ? 1 : 0,
  );
  const counts = new Int32Array(specks.length);
  for (let at = 0; at < counts.length; at++) counts[at] = worth[specks[at] as number] as number;
  boxSums(counts, width, rows, radius);
  const shares = new Uint8Array(specks.length);
  for (let from = 0; from < shares.length; from += width) tellApart(counts, shares, from, from + width);
  return { shares, counts };
}

/** Parts a row's sums into shares and counts. */
function tellApart(counts: Int32Array, shares: Uint8Array, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    const count = counts[at] as number;
    const all = count & 0xffff;
    if (all > 0) shares[at] = (255 * (count >> 16)) / all;
    counts[at] = all;
  }
}

/** Crossings in each pixel's window, along the direction that has the fewest. */
function leastCrossings(
  contrast: Int8Array,
  { width, rows }: { width: number; rows: number },
  radius: number,
): Int32Array {
  let fewest: Int32Array | null = null;
  for (const direction of DIRECTIONS) {
    const found = crossings(contrast, width, rows, direction);
    boxSums(found, width, rows, radius);
    if (fewest === null) fewest = found;
    else keepLess(fewest, found);
  }
  return fewest ?? new Int32Array(width * rows);
}

function keepLess(values: Int32Array, others: Int32Array): void {
  for (let at = 0; at < values.length; at++)
    if ((others[at] as number) < (values[at] as number)) values[at] = others[at] as number;
}

function ramp(value: number, low: number, high: number): number {
  return Math.max(0, Math.min(1, (value - low) / (high - low)));
}

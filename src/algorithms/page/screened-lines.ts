import { boxSums } from "./box-sums.ts";
import type { PageScale } from "./page-scale.ts";
import { type Bytes, closed, dilated, eroded } from "./running-extremes.ts";
import { SPECK } from "./specks.ts";
import { onStraightRuns } from "./straight-runs.ts";

const DARK = 140;
/** Among dots that have grown together: the half-covered pixels around white dots would make the web thicker. */
const BLACK = 90;
/** From this share of dark on, dots may touch one another. */
const TOUCHING = 0.38;

/** From this distance of dots on, pixels, the strands between white ones are as wide as a line may be. */
const WIDE_STRANDS = 4.3;
/** Half the gap between the strands of a web, in distances of dots. */
const GAP = 0.4;
/** Dots in half the width of a web. */
const WIDE = 1.6;
/** From this share of white dots between strands on, they are a web. */
const WEB = 0.04;

/**
 * Dark pixels that are lines even in screentone: 1 there and one pixel around. Lines go straight for longer than a dot
 * is wide. Where the dots have grown together and leave a web of dark around white dots, a line must also be 3 pixels
 * wide, and be no strand of a web. O(pixels), 30 bytes a pixel: for a tile.
 *
 * @param specks as {@link specksOf} has them
 * @param pitch distance of the page's dots as {@link dotPitch} has it, 0 where unknown
 */
export function screenedLines(
  gray: Bytes,
  specks: Bytes,
  { speckSize, toneRadius }: PageScale,
  pitch: number,
): Uint8Array {
  const { width, height } = gray;
  const dark = gray.data.map((value) => (value < DARK ? 1 : 0));
  const isDot = (at: number) => specks.data[at] === SPECK.brightSpeck;
  const black = gray.data.map((value, at) => (value < BLACK && !isDot(at) ? 1 : 0));
  const cores = eroded({ width, height, data: black }, 1);
  const dense = densePlaces({ width, height, data: dark }, toneRadius);
  for (let at = 0; at < dark.length; at++) if (dense[at] === 0) cores[at] = dark[at] as number;
  const lines = onStraightRuns({ width, height, data: cores }, speckSize + 1);
  const whole = dilated({ width, height, data: lines }, 1);
  const web =
    pitch < WIDE_STRANDS
      ? null
      : webs({ width, height, data: whole }, isDot, Math.min(pitch, toneRadius), toneRadius);
  for (let at = 0; at < lines.length; at++)
    if (dense[at] === 1) lines[at] = web?.[at] === 1 ? 0 : (whole[at] as number);
  return dilated({ width, height, data: lines }, 1);
}

/**
 * 1 where what may be lines has white dots between one strand and the next, over some dots on either hand: a line has
 * none within itself, and those that it cuts through lie along it.
 */
function webs(lines: Bytes, isDot: (at: number) => boolean, pitch: number, radius: number): Uint8Array {
  const { width, height } = lines;
  const gap = Math.round(GAP * pitch);
  const filled = closed(lines, gap);
  const reach = Math.round(WIDE * pitch);
  const wide = dilated(
    { width, height, data: eroded({ width, height, data: filled }, reach) },
    reach + gap + 2,
  );
  // Both counts in one sum.
  const counts = new Int32Array(filled.length);
  for (let at = 0; at < counts.length; at++) if (filled[at] === 1) counts[at] = isDot(at) ? 0x10001 : 1;
  boxSums(counts, width, height, radius);
  for (let at = 0; at < wide.length; at++) {
    const count = counts[at] as number;
    if (count >> 16 <= WEB * (count & 0xffff)) wide[at] = 0;
  }
  return wide;
}

/** 1 where so much is dark that dots touch one another. */
function densePlaces({ width, height, data }: Bytes, radius: number): Uint8Array {
  const sums = new Int32Array(data.length);
  sums.set(data);
  boxSums(sums, width, height, radius);
  const limit = TOUCHING * (2 * radius + 1) ** 2;
  const dense = new Uint8Array(data.length);
  for (let at = 0; at < dense.length; at++) if ((sums[at] as number) > limit) dense[at] = 1;
  return dense;
}

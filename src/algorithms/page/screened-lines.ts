import { boxSums } from "./box-sums.ts";
import { byteTable, translated } from "./byte-table.ts";
import type { PageScale } from "./page-scale.ts";
import { type Bytes, closed, dilated, eroded } from "./running-extremes.ts";
import { SPECK } from "./specks.ts";
import { onStraightRuns } from "./straight-runs.ts";

const DARK = byteTable((gray) => (gray < 140 ? 1 : 0));
const WHITE_DOT = byteTable((kind) => (kind === SPECK.brightSpeck ? 1 : 0));
/** Among dots that have grown together: the half-covered pixels around white dots would make the web thicker. */
const BLACK = byteTable((gray) => (gray < 90 ? 1 : 0));
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
  const dark = translated(gray.data, DARK);
  const dots = translated(specks.data, WHITE_DOT);
  const cores = eroded({ width, height, data: without(translated(gray.data, BLACK), dots) }, 1);
  const dense = densePlaces({ width, height, data: dark }, toneRadius);
  for (let at = 0; at < dark.length; at++) if (dense[at] === 0) cores[at] = dark[at] as number;
  const lines = onStraightRuns({ width, height, data: cores }, speckSize + 1);
  const whole = dilated({ width, height, data: lines }, 1);
  const web =
    pitch < WIDE_STRANDS
      ? null
      : webs({ width, height, data: whole }, dots, Math.min(pitch, toneRadius), toneRadius);
  for (let at = 0; at < lines.length; at++)
    if (dense[at] === 1) lines[at] = web?.[at] === 1 ? 0 : (whole[at] as number);
  return dilated({ width, height, data: lines }, 1);
}

/** The first plane where the other one is 0; in place. */
function without(plane: Uint8Array, other: Uint8Array): Uint8Array {
  for (let at = 0; at < plane.length; at++) if (other[at] !== 0) plane[at] = 0;
  return plane;
}

/**
 * 1 where what may be lines has white dots between one strand and the next, over some dots on either hand: a line has
 * none within itself, and those that it cuts through lie along it.
 */
function webs(lines: Bytes, dots: Uint8Array, pitch: number, radius: number): Uint8Array {
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
  for (let at = 0; at < counts.length; at++)
    counts[at] = (filled[at] as number) * (0x10000 * (dots[at] as number) + 1);
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

import { boxSums } from "./box-sums.ts";
import type { PageScale } from "./page-scale.ts";
import { type Bytes, dilated, eroded } from "./running-extremes.ts";
import { onStraightRuns } from "./straight-runs.ts";

const DARK = 140;
/** Among dots that have grown together: the half-covered pixels around white dots would make the web thicker. */
const BLACK = 90;
/** From this share of dark on, dots may touch one another. */
const TOUCHING = 0.38;

/**
 * Dark pixels that are lines even in screentone: 1 there and one pixel around. Lines go straight for longer than a dot
 * is wide. Where the dots have grown together and leave a web of dark, a line must also be 3 pixels wide.
 * O(pixels), 30 bytes a pixel: for a tile.
 */
export function screenedLines(gray: Bytes, { speckSize, toneRadius }: PageScale): Uint8Array {
  const { width, height } = gray;
  const dark = gray.data.map((value) => (value < DARK ? 1 : 0));
  const black = gray.data.map((value) => (value < BLACK ? 1 : 0));
  const cores = eroded({ width, height, data: black }, 1);
  const dense = densePlaces({ width, height, data: dark }, toneRadius);
  for (let at = 0; at < dark.length; at++) if (dense[at] === 0) cores[at] = dark[at] as number;
  const lines = onStraightRuns({ width, height, data: cores }, speckSize + 1);
  const whole = dilated({ width, height, data: lines }, 1);
  for (let at = 0; at < lines.length; at++) if (dense[at] === 1) lines[at] = whole[at] as number;
  return dilated({ width, height, data: lines }, 1);
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

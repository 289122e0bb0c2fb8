import { boxMeans, boxSums } from "./box-sums.ts";
import type { Bytes } from "./running-extremes.ts";

/** Fixed point of the means. */
const FINE = 16;

/**
 * The mean gray around each pixel of screentone, over what is no line; elsewhere 0. Of nine windows around
 * a pixel the evenest counts (Kuwahara et al. 1976), so that edges between tones stay where they are. O(pixels).
 *
 * @param lines 1 where lines are, which count nowhere.
 */
export function descreened(gray: Bytes, screentone: Bytes, lines: Uint8Array, radius: number): Int32Array {
  const { width, height } = gray;
  const means = weightedMeans(gray, screentone, lines, radius);
  const reach = Math.max(1, radius >> 1);
  const spread = spreadOf(means, width, height, reach);
  const evened = means.slice();
  boxMeans(evened, width, height, reach);
  const result = new Int32Array(means.length);
  for (let y = 0; y < height; y++)
    takeEvenest({ width, height, data: screentone.data }, { spread, evened, reach }, y, result);
  return result;
}

interface Windows {
  readonly spread: Int32Array;
  readonly evened: Int32Array;
  readonly reach: number;
}

function takeEvenest(
  { width, height, data }: Bytes,
  { spread, evened, reach }: Windows,
  y: number,
  result: Int32Array,
): void {
  for (let x = 0, at = y * width; x < width; x++, at++) {
    if (data[at] === 0) continue;
    const mean = evened[evenest(spread, width, height, x, y, reach)] as number;
    result[at] = Math.round(mean / FINE);
  }
}

/** Of the nine windows around a place the middle of the evenest; of two alike the first, but the place itself before all. */
function evenest(
  spread: Int32Array,
  width: number,
  height: number,
  x: number,
  y: number,
  reach: number,
): number {
  const left = Math.max(0, x - reach);
  const right = Math.min(width - 1, x + reach);
  const top = Math.max(0, y - reach) * width;
  const line = y * width;
  const bottom = Math.min(height - 1, y + reach) * width;
  let best = line + x;
  best = evener(spread, evener(spread, evener(spread, best, top + left), top + x), top + right);
  best = evener(spread, evener(spread, best, line + left), line + right);
  return evener(spread, evener(spread, evener(spread, best, bottom + left), bottom + x), bottom + right);
}

function evener(spread: Int32Array, best: number, other: number): number {
  return (spread[other] as number) < (spread[best] as number) ? other : best;
}

/** How far the means in a window lie from the window's own mean. */
function spreadOf(means: Int32Array, width: number, height: number, reach: number): Int32Array {
  const centre = means.slice();
  boxMeans(centre, width, height, reach);
  for (let at = 0; at < means.length; at++)
    centre[at] = Math.abs((means[at] as number) - (centre[at] as number));
  boxSums(centre, width, height, reach);
  return centre;
}

function weightedMeans(gray: Bytes, screentone: Bytes, lines: Uint8Array, radius: number): Int32Array {
  const { width, height, data } = gray;
  const weights = new Int32Array(data.length);
  const sums = new Int32Array(data.length);
  for (let at = 0; at < data.length; at++) {
    const weight = (1 - (lines[at] as number)) * ((screentone.data[at] as number) >> 7);
    weights[at] = weight;
    sums[at] = weight * (data[at] as number);
  }
  for (const reach of [Math.ceil(radius / 2), Math.floor(radius / 2)]) {
    boxSums(sums, width, height, reach);
    boxSums(weights, width, height, reach);
  }
  for (let from = 0; from < sums.length; from += width) divideRow(sums, weights, data, from, from + width);
  return sums;
}

/** Means of a row; where nothing counts, the page's own gray. */
function divideRow(sums: Int32Array, weights: Int32Array, data: Uint8Array, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    const weight = weights[at] as number;
    sums[at] =
      weight === 0 ? (data[at] as number) * FINE : Math.round(((sums[at] as number) * FINE) / weight);
  }
}

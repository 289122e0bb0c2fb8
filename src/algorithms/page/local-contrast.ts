import { boxMeans } from "./box-sums.ts";
import type { Bytes } from "./running-extremes.ts";
import { tilesOf } from "./tiles.ts";

/** How far each pixel lies above its neighbourhood, -127..127: `[height, width]` row-major. */
export interface Contrast {
  readonly width: number;
  readonly height: number;
  readonly data: Int8Array;
}

/** Three box blurs of these radii have a Gaussian's deviation of 3.2 (variance 4/12 * sum of r (r + 1)). */
const RADII = [2, 3, 3] as const;
const REACH = 8;
/** Fixed point between the blurs: 4 bits. */
const FINE = 16;

/** The page less its own blur of deviation 3 (spec/colorization.md section 5, step 1). O(pixels), by tiles. */
export function localContrast({ width, height, data }: Bytes): Contrast {
  const result = new Int8Array(width * height);
  for (const { top, bottom, from, to } of tilesOf(width, height, REACH)) {
    const blurred = new Int32Array((to - from) * width);
    for (let row = 0; row < to - from; row++)
      copyFine(data, (from + row) * width, blurred.subarray(row * width, (row + 1) * width));
    for (const radius of RADII) boxMeans(blurred, width, to - from, radius);
    for (let row = top; row < bottom; row++) {
      const around = blurred.subarray((row - from) * width, (row - from + 1) * width);
      writeContrast(data, around, result, row * width);
    }
  }
  return { width, height, data: result };
}

function copyFine(data: Uint8Array, from: number, fine: Int32Array): void {
  for (let x = 0; x < fine.length; x++) fine[x] = FINE * (data[from + x] as number);
}

function writeContrast(data: Uint8Array, around: Int32Array, result: Int8Array, from: number): void {
  for (let x = 0; x < around.length; x++) {
    // A whole number, rounded without a call.
    const above = (FINE * (data[from + x] as number) - (around[x] as number) + FINE / 2) >> 4;
    result[from + x] = above < -127 ? -127 : above > 127 ? 127 : above;
  }
}

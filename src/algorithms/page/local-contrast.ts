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
    for (let pixel = 0, at = from * width; pixel < blurred.length; pixel++, at++)
      blurred[pixel] = FINE * (data[at] as number);
    for (const radius of RADII) boxMeans(blurred, width, to - from, radius);
    for (let at = top * width, pixel = (top - from) * width; at < bottom * width; at++, pixel++) {
      // A whole number, rounded without a call.
      const above = (FINE * (data[at] as number) - (blurred[pixel] as number) + FINE / 2) >> 4;
      result[at] = above < -127 ? -127 : above > 127 ? 127 : above;
    }
  }
  return { width, height, data: result };
}

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
/** Fixed point between the blurs. */
const FINE = 16;

/** The page less its own blur of deviation 3 (spec/colorization.md section 5, step 1). O(pixels), by tiles. */
export function localContrast({ width, height, data }: Bytes): Contrast {
  const result = new Int8Array(width * height);
  for (const { top, bottom, from, to } of tilesOf(width, height, REACH)) {
    const blurred = Int32Array.from(data.subarray(from * width, to * width), (value) => value * FINE);
    for (const radius of RADII) boxMeans(blurred, width, to - from, radius);
    for (let at = top * width, pixel = (top - from) * width; at < bottom * width; at++, pixel++) {
      const above = (data[at] as number) - (blurred[pixel] as number) / FINE;
      result[at] = Math.max(-127, Math.min(127, Math.round(above)));
    }
  }
  return { width, height, data: result };
}

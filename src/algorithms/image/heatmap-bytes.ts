import { percentiles } from "../anomaly/percentile.ts";
import { heatInside } from "../anomaly/score-heat.ts";
import type { Mask, Plane } from "./picture.ts";

/** The distances that the gray values 0 and 255 stand for. */
export interface HeatmapScale {
  readonly low: number;
  readonly high: number;
}

/** A heatmap as an 8-bit gray picture, `[height, width]` row-major. */
export interface HeatmapBytes {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  readonly scale: HeatmapScale;
}

/**
 * Heat as gray values, 0 outside the mask. Without a fixed scale it is stretched between the 1st and the 99th
 * percentile inside the mask; a flat heat is black. O(pixels log pixels), with a fixed scale O(pixels).
 *
 * @param fixed makes heatmaps of several pictures comparable.
 * @throws RangeError when mask and heat differ in size.
 */
export function heatmapBytes(heat: Plane, mask: Mask | null, fixed?: HeatmapScale): HeatmapBytes {
  const scale = fixed ?? stretchOf(heatInside(heat, mask));
  const span = scale.high - scale.low;
  const data = new Uint8Array(heat.data.length);
  if (span > 0)
    for (let pixel = 0; pixel < data.length; pixel++) {
      if (mask !== null && mask.data[pixel] !== 1) continue;
      const share = ((heat.data[pixel] as number) - scale.low) / span;
      data[pixel] = Math.round(255 * Math.min(1, Math.max(0, share)));
    }
  return { width: heat.width, height: heat.height, data, scale };
}

function stretchOf(inside: Float32Array): HeatmapScale {
  // Beyond 32,768 pixels an even sample tells the two percentiles well enough and costs no long sort.
  const step = Math.max(1, Math.floor(inside.length / 32_768));
  const sample = Float32Array.from(
    { length: Math.ceil(inside.length / step) },
    (_, at) => inside[at * step] ?? 0,
  );
  const [low = 0, high = 0] = percentiles(sample, [1, 99]) ?? [];
  return { low, high };
}

import type { Superpixels } from "../segmentation/superpixels.ts";

/** The regions with other mean tones, those of `tone` away from ink. O(pixels). */
export function withTones(regions: Superpixels, tone: Float32Array, ink: Float32Array): Superpixels {
  const sums = new Float32Array(regions.count);
  const weights = new Float32Array(regions.count);
  for (let pixel = 0; pixel < tone.length; pixel++) {
    const region = regions.labels[pixel] as number;
    if (region < 0) continue;
    const weight = 1.02 - (ink[pixel] as number);
    sums[region] = (sums[region] as number) + weight * (tone[pixel] as number);
    weights[region] = (weights[region] as number) + weight;
  }
  return { ...regions, tones: sums.map((sum, region) => sum / Math.max(1e-6, weights[region] as number)) };
}

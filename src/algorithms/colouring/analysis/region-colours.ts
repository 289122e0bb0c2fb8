import { LIGHTNESS_OF_GRAY } from "../../colour/oklab.ts";
import type { Superpixels } from "../segmentation/superpixels.ts";
import type { ReferenceView } from "./reference-view.ts";

/** Colours of a reference's regions. */
export interface RegionColours {
  /** `[regions, 3] row-major`, OKLab. */
  readonly colours: Float32Array;
  /** How much lighter than its gray each region is, OKLab. */
  readonly glows: Float32Array;
}

/** Mean colour of each region; lines count as little as they are inked. O(pixels). */
export function regionColours({ view, colours, gray }: ReferenceView, regions: Superpixels): RegionColours {
  const sums = new Float64Array(4 * regions.count);
  const weights = new Float64Array(regions.count);
  for (let pixel = 0; pixel < gray.length; pixel++) {
    const region = regions.labels[pixel] as number;
    if (region < 0) continue;
    const weight = 1.01 - (view.ink[pixel] as number);
    const lightness = colours.l[pixel] as number;
    weights[region] = (weights[region] as number) + weight;
    sums[4 * region] = (sums[4 * region] as number) + weight * lightness;
    sums[4 * region + 1] = (sums[4 * region + 1] as number) + weight * (colours.a[pixel] as number);
    sums[4 * region + 2] = (sums[4 * region + 2] as number) + weight * (colours.b[pixel] as number);
    sums[4 * region + 3] =
      (sums[4 * region + 3] as number) +
      weight * (lightness - (LIGHTNESS_OF_GRAY[gray[pixel] as number] as number));
  }
  const means = new Float32Array(3 * regions.count);
  const glows = new Float32Array(regions.count);
  for (let region = 0; region < regions.count; region++) {
    const weight = Math.max(1e-9, weights[region] as number);
    for (let part = 0; part < 3; part++)
      means[3 * region + part] = (sums[4 * region + part] as number) / weight;
    glows[region] = (sums[4 * region + 3] as number) / weight;
  }
  return { colours: means, glows };
}

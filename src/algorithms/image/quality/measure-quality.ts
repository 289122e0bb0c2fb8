import type { Plane } from "../picture.ts";
import { squareMeans } from "./gray.ts";
import { laplacianVariance } from "./sharpness.ts";

/** What is measured of a picture, before anybody says whether it is good. */
export interface QualityMeasures {
  /** Variance of the Laplacian of the brightness. */
  readonly laplacianVariance: number;
  /** ln(variance of the Laplacian / mean brightness squared): a brighter lamp makes nothing sharper. */
  readonly sharpness: number;
  /** Mean brightness, 0..255. */
  readonly brightness: number;
  /** Shares of the pixels that are as good as black, and as good as white. */
  readonly darkShare: number;
  readonly brightShare: number;
  /** `THUMBNAIL_SIDE` squared: the picture without details and without its mean, to find its position with. */
  readonly thumbnail: Plane;
}

/** Longer side at which quality is measured: noise of single pixels is averaged away, blur that matters is not. */
export const QUALITY_SIDE = 224;
export const THUMBNAIL_SIDE = 64;

const BLACK = 2;
const WHITE = 253;
/** So that a black picture has a sharpness, too. */
const LEAST = 1e-3;

/** Measures the brightness of a picture, `shrunkGray` to `QUALITY_SIDE`. O(pixels). */
export function measureQuality(gray: Plane): QualityMeasures {
  let [sum, dark, bright] = [0, 0, 0];
  for (let pixel = 0; pixel < gray.data.length; pixel++) {
    const value = gray.data[pixel]!;
    sum += value;
    if (value <= BLACK) dark++;
    else if (value >= WHITE) bright++;
  }
  const count = gray.data.length;
  const brightness = sum / count;
  const variance = laplacianVariance(gray);
  return {
    laplacianVariance: variance,
    sharpness: Math.log((variance + LEAST) / (brightness ** 2 + LEAST)),
    brightness,
    darkShare: dark / count,
    brightShare: bright / count,
    thumbnail: withoutMean(squareMeans(gray, THUMBNAIL_SIDE)),
  };
}

function withoutMean({ width, height, data }: Plane): Plane {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  return { width, height, data: data.map((value) => value - mean) };
}

import type { AugmentationOptions } from "../../../../algorithms/image/augmentation/options.ts";
import type { Picture } from "../../../../algorithms/image/picture.ts";
import { resample } from "../../../../algorithms/image/resample.ts";

type CropOptions = NonNullable<AugmentationOptions["crop"]>;

/** Shrinking by less would cost sharpness and save little. */
const WORTHWHILE = 0.7;

/**
 * A picture as small as random crops allow: the smallest part that can be drawn still has `imageSize` pixels along both
 * axes, so that no crop is enlarged that was not before. Pictures that would lose less than half of their pixels stay
 * as they are.
 */
export function shrinkForCrop(picture: Picture, crop: CropOptions, imageSize: number): Picture {
  const { width, height } = picture;
  const smallestArea = crop.scale[0] * width * height;
  const narrowest = Math.sqrt(smallestArea * crop.ratio[0]);
  const lowest = Math.sqrt(smallestArea / crop.ratio[1]);
  const factor = imageSize / Math.max(1, Math.min(narrowest, lowest, width, height));
  if (factor > WORTHWHILE) return picture;
  return resample(picture, { width: Math.ceil(width * factor), height: Math.ceil(height * factor) });
}

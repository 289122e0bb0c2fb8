import type { SeededRandom } from "../../anomaly/seeded-random.ts";
import type { Picture } from "../picture.ts";
import { resample } from "../resample.ts";
import { toGray } from "./colour.ts";
import { drawJitter, jitter } from "./colour-jitter.ts";
import { drawErasing, erase } from "./erasing.ts";
import { flip } from "./flip.ts";
import { gaussianBlur } from "./gaussian-blur.ts";
import { normalise } from "./normalise.ts";
import type { AugmentationOptions, PreprocessingOptions } from "./options.ts";
import { preprocess } from "./preprocess.ts";
import { between, drawCrop } from "./random-crop.ts";
import { rotate } from "./rotate.ts";
import { squareOf } from "./square.ts";

/**
 * A training picture as a model's input, changed at random. In this order: a random part stretched to the square (or,
 * without `crop`, the square as `preprocess` makes it), flip, rotation, colour jitter, gray, blur, normalisation,
 * erasing. Each in torchvision's meaning; mixup and cutmix belong to batches (see `mixBatch`). The same random numbers
 * give the same result. O(pixels of the picture).
 * @param augmentation null: `preprocess`, and no random number is drawn
 * @param target where the result goes, `3 * imageSize * imageSize`; a new array where absent
 * @returns `[3, imageSize, imageSize]` float32
 */
export function augment(
  picture: Picture,
  augmentation: AugmentationOptions | null,
  preprocessing: PreprocessingOptions,
  random: SeededRandom,
  target: Float32Array = new Float32Array(3 * preprocessing.imageSize ** 2),
): Float32Array {
  if (augmentation === null) return preprocess(picture, preprocessing, target);
  if (augmentation.crop === null)
    return augmentSquare(squareOf(picture, preprocessing), augmentation, preprocessing, random, target);
  const source = drawCrop(picture, augmentation.crop, random);
  const { imageSize } = preprocessing;
  const part = resample(picture, { source, width: imageSize, height: imageSize });
  return augmentSquare(part, augmentation, preprocessing, random, target);
}

/**
 * All of `augment` that follows the way to the square: for squares that are kept from epoch to epoch.
 * @param square of `imageSize`; it is not changed
 */
export function augmentSquare(
  square: Picture,
  augmentation: AugmentationOptions,
  preprocessing: PreprocessingOptions,
  random: SeededRandom,
  target: Float32Array,
): Float32Array {
  const { width, height } = square;
  let picture: Picture = { width, height, data: square.data.slice() };
  if (happens(augmentation.flip, random)) flip(picture);
  picture = turned(picture, augmentation.rotation, random);
  if (augmentation.colourJitter !== null) jitter(picture.data, drawJitter(augmentation.colourJitter, random));
  if (happens(augmentation.grayscale, random)) toGray(picture.data);
  if (augmentation.blur !== null) gaussianBlur(picture, between(augmentation.blur.sigma, random));
  normalise(picture.data, preprocessing, target);
  if (happens(augmentation.erasing, random)) {
    const region = drawErasing(preprocessing.imageSize, random);
    if (region !== null) erase(target, preprocessing.imageSize, region);
  }
  return target;
}

function turned(picture: Picture, rotation: AugmentationOptions["rotation"], random: SeededRandom): Picture {
  if (rotation === null) return picture;
  return rotate(picture, between([-rotation.degrees, rotation.degrees], random));
}

function happens(change: { readonly probability: number } | null, random: SeededRandom): boolean {
  return change !== null && random.uniform() < change.probability;
}

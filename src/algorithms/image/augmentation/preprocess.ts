import type { Picture } from "../picture.ts";
import { normalise } from "./normalise.ts";
import type { PreprocessingOptions } from "./options.ts";
import { squareOf } from "./square.ts";

/**
 * A picture as a model's input, the same at validation and at inference: brought to the square (see `squareOf`) and
 * normalised.
 * @param target where the result goes, `3 * imageSize * imageSize`; a new array where absent
 * @returns `[3, imageSize, imageSize]` float32
 */
export function preprocess(
  picture: Picture,
  options: PreprocessingOptions,
  target: Float32Array = new Float32Array(3 * options.imageSize ** 2),
): Float32Array {
  normalise(squareOf(picture, options).data, options, target);
  return target;
}

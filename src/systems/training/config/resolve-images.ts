import type {
  AugmentationOptions,
  PreprocessingOptions,
} from "../../../algorithms/image/augmentation/options.ts";
import type { Findings } from "./findings.ts";
import type { Settings } from "./settings.ts";

/** Null where nothing is changed. */
export function resolveAugmentation(
  { augmentation: wanted }: Settings,
  findings: Findings,
): AugmentationOptions | null {
  if (!wanted.enabled) return null;
  const jitter = {
    brightness: wanted.brightness,
    contrast: wanted.contrast,
    saturation: wanted.saturation,
    hue: wanted.hue,
  };
  if (wanted.color_jitter && Object.values(jitter).every((amount) => amount === 0)) {
    findings.warn(
      "advanced_config.augmentation.color_jitter has no effect: brightness, contrast, saturation and hue are 0",
    );
  }
  const options: AugmentationOptions = {
    flip: wanted.random_flip ? { probability: wanted.random_flip_prob } : null,
    rotation: wanted.random_rotation ? { degrees: wanted.rotation_degrees } : null,
    crop: wanted.random_crop ? { scale: wanted.crop_scale, ratio: wanted.crop_ratio } : null,
    colourJitter: wanted.color_jitter ? jitter : null,
    erasing: wanted.random_erasing ? { probability: wanted.erasing_prob } : null,
    grayscale: wanted.random_grayscale ? { probability: wanted.grayscale_prob } : null,
    blur: wanted.gaussian_blur ? { sigma: wanted.blur_sigma } : null,
    mixup: wanted.mixup ? { alpha: wanted.mixup_alpha } : null,
    cutmix: wanted.cutmix ? { alpha: wanted.cutmix_alpha } : null,
  };
  return Object.values(options).every((one) => one === null) ? null : options;
}

/** How the model wants its images. */
export interface ImageFacts {
  /** Pixels. */
  readonly defaultImageSize: number;
  readonly defaultMean: PreprocessingOptions["mean"];
  readonly defaultStd: PreprocessingOptions["std"];
  /** Sizes that the model takes; absent where it takes all. */
  readonly imageSizes?: { readonly min: number; readonly max: number; readonly multipleOf: number };
}

export function resolvePreprocessing(
  { preprocessing }: Settings,
  facts: ImageFacts,
  findings: Findings,
): PreprocessingOptions {
  const imageSize = preprocessing.image_size ?? facts.defaultImageSize;
  const { min = 1, max = Infinity, multipleOf = 1 } = facts.imageSizes ?? {};
  if (
    preprocessing.image_size !== null &&
    (imageSize < min || imageSize > max || imageSize % multipleOf !== 0)
  ) {
    findings.refuse(
      "advanced_config.preprocessing.image_size",
      `The model takes ${min} to ${max} pixels${multipleOf === 1 ? "" : `, in multiples of ${multipleOf}`}`,
    );
  }
  return {
    imageSize,
    resizeMode: preprocessing.resize_mode,
    mean: preprocessing.mean ?? facts.defaultMean,
    std: preprocessing.std ?? facts.defaultStd,
  };
}

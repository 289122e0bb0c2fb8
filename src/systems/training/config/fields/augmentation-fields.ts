import type { ADVANCED_FIELDS } from "../../../../contracts/training/advanced-config.ts";
import type { Dependency, GroupFacts } from "./field-facts.ts";

const on = (name: string): Dependency => ({ name: `augmentation.${name}`, equals: [true] });
const enabled = on("enabled");

/** Meanings and ranges are torchvision.transforms'. */
export const AUGMENTATION_FACTS: GroupFacts<(typeof ADVANCED_FIELDS)["augmentation"]> = {
  enabled: { label: "Augmentation" },
  random_flip: { label: "Random Flip", dependsOn: enabled },
  random_flip_prob: { label: "Flip Probability", step: 0.05, dependsOn: on("random_flip") },
  random_rotation: { label: "Random Rotation", dependsOn: enabled },
  rotation_degrees: { label: "Rotation (degrees)", step: 1, dependsOn: on("random_rotation") },
  random_crop: { label: "Random Crop", dependsOn: enabled },
  crop_scale: { label: "Crop Area", step: 0.01, listType: "range", dependsOn: on("random_crop") },
  crop_ratio: { label: "Crop Aspect Ratio", step: 0.01, listType: "range", dependsOn: on("random_crop") },
  color_jitter: { label: "Color Jitter", dependsOn: enabled },
  brightness: { label: "Brightness", step: 0.05, dependsOn: on("color_jitter") },
  contrast: { label: "Contrast", step: 0.05, dependsOn: on("color_jitter") },
  saturation: { label: "Saturation", step: 0.05, dependsOn: on("color_jitter") },
  hue: { label: "Hue", step: 0.01, dependsOn: on("color_jitter") },
  random_erasing: { label: "Random Erasing", dependsOn: enabled },
  erasing_prob: { label: "Erasing Probability", step: 0.05, dependsOn: on("random_erasing") },
  random_grayscale: { label: "Random Grayscale", dependsOn: enabled },
  grayscale_prob: { label: "Grayscale Probability", step: 0.05, dependsOn: on("random_grayscale") },
  gaussian_blur: { label: "Gaussian Blur", dependsOn: enabled },
  blur_sigma: { label: "Blur Sigma (pixels)", step: 0.1, listType: "range", dependsOn: on("gaussian_blur") },
  mixup: { label: "Mixup", dependsOn: enabled },
  mixup_alpha: { label: "Mixup Alpha", step: 0.05, dependsOn: on("mixup") },
  cutmix: { label: "CutMix", dependsOn: enabled },
  cutmix_alpha: { label: "CutMix Alpha", step: 0.05, dependsOn: on("cutmix") },
};

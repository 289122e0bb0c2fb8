import type { SeededRandom } from "../../anomaly/seeded-random.ts";
import { betaVariate } from "../../learning/beta-variate.ts";
import type { Region } from "../resample.ts";
import type { AugmentationOptions } from "./options.ts";

/** How the pictures of a batch are mixed, and what the arrays hold. */
export interface MixOptions extends Pick<AugmentationOptions, "mixup" | "cutmix"> {
  readonly classes: number;
  /** Side of the pictures in pixels. */
  readonly size: number;
}

/**
 * Mixes each picture of a batch with the one at the same place from the end, and their targets likewise, as timm's
 * `Mixup` does in its batch mode: one share for the batch, drawn from Beta(alpha, alpha). Mixup blends; cutmix swaps a
 * box of `1 - share` of the area about a drawn place (cut at the border, the share put right afterwards). With both,
 * one of them is drawn per batch, evenly; with neither, nothing happens.
 * @param images `[n, 3, size, size]`, changed in place
 * @param targets `[n, classes]` shares of the classes, changed in place
 * @throws RangeError where the two do not hold the same number of pictures
 */
export function mixBatch(
  images: Float32Array,
  targets: Float32Array,
  { mixup, cutmix, classes, size }: MixOptions,
  random: SeededRandom,
): void {
  const rows = images.length / (3 * size * size);
  if (rows * classes !== targets.length)
    throw new RangeError(`${rows} pictures, but targets for ${targets.length / classes}`);
  const useCutmix = cutmix !== null && (mixup === null || random.uniform() < 0.5);
  if (useCutmix) {
    const box = drawBox(size, betaVariate(cutmix.alpha, cutmix.alpha, random), random);
    swapBoxes(images, size, box);
    blendRows(targets, classes, 1 - (box.width * box.height) / (size * size));
  } else if (mixup !== null) {
    const share = betaVariate(mixup.alpha, mixup.alpha, random);
    blendRows(images, 3 * size * size, share);
    blendRows(targets, classes, share);
  }
}

/** timm's `rand_bbox`. */
function drawBox(size: number, share: number, random: SeededRandom): Region {
  const half = Math.trunc(size * Math.sqrt(1 - share)) >> 1;
  const y = random.below(size);
  const x = random.below(size);
  const [top, bottom] = [Math.max(0, y - half), Math.min(size, y + half)];
  const [left, right] = [Math.max(0, x - half), Math.min(size, x + half)];
  return { left, top, width: right - left, height: bottom - top };
}

/** Row i becomes `share * row i + (1 - share) * row n - 1 - i`. */
function blendRows(values: Float32Array, length: number, share: number): void {
  const rows = values.length / length;
  for (let first = 0; first < rows >> 1; first++) {
    const a = first * length;
    const b = (rows - 1 - first) * length;
    for (let at = 0; at < length; at++) {
      const one = values[a + at]!;
      const other = values[b + at]!;
      values[a + at] = share * one + (1 - share) * other;
      values[b + at] = share * other + (1 - share) * one;
    }
  }
}

function swapBoxes(images: Float32Array, size: number, { left, top, width, height }: Region): void {
  const planes = images.length / (size * size);
  const rows = planes / 3;
  for (let plane = 0; plane < 3 * (rows >> 1); plane++) {
    const first = Math.floor(plane / 3);
    const partner = 3 * (rows - 1 - first) + (plane % 3);
    for (let row = top; row < top + height; row++) {
      const a = (plane * size + row) * size + left;
      const b = (partner * size + row) * size + left;
      const kept = images.slice(a, a + width);
      images.copyWithin(a, b, b + width);
      images.set(kept, b);
    }
  }
}

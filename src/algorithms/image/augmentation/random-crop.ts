import type { SeededRandom } from "../../anomaly/seeded-random.ts";
import type { Region } from "../resample.ts";
import type { AugmentationOptions } from "./options.ts";
import { roundHalfEven } from "./round-half-even.ts";

type CropOptions = NonNullable<AugmentationOptions["crop"]>;

const TRIES = 10;

/**
 * The part that torchvision's `RandomResizedCrop` takes: share of the area uniform, width / height uniform in its
 * logarithm, ten tries; failing these the largest part in the middle whose shape the range allows.
 */
export function drawCrop(
  { width, height }: { readonly width: number; readonly height: number },
  { scale, ratio }: CropOptions,
  random: SeededRandom,
): Region {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const area = width * height * between(scale, random);
    const shape = Math.exp(between([Math.log(ratio[0]), Math.log(ratio[1])], random));
    const w = roundHalfEven(Math.sqrt(area * shape));
    const h = roundHalfEven(Math.sqrt(area / shape));
    if (w < 1 || w > width || h < 1 || h > height) continue;
    const top = random.below(height - h + 1);
    const left = random.below(width - w + 1);
    return { left, top, width: w, height: h };
  }
  return middle(width, height, ratio);
}

function middle(width: number, height: number, ratio: readonly [number, number]): Region {
  const shape = width / height;
  const w = shape > ratio[1] ? Math.max(1, roundHalfEven(height * ratio[1])) : width;
  const h = shape < ratio[0] ? Math.max(1, roundHalfEven(width / ratio[0])) : height;
  return { left: (width - w) >> 1, top: (height - h) >> 1, width: w, height: h };
}

/** Uniform in the range. */
export function between([low, high]: readonly [number, number], random: SeededRandom): number {
  return low + (high - low) * random.uniform();
}

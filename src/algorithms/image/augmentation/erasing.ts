import type { SeededRandom } from "../../anomaly/seeded-random.ts";
import type { Region } from "../resample.ts";
import { between } from "./random-crop.ts";
import { roundHalfEven } from "./round-half-even.ts";

/** torchvision's defaults: share of the area, and height / width. */
const SCALE = [0.02, 0.33] as const;
const RATIO = [Math.log(0.3), Math.log(3.3)] as const;
const TRIES = 10;

/** The part that torchvision's `RandomErasing` blanks; null where ten tries find none that fits (tiny pictures). */
export function drawErasing(size: number, random: SeededRandom): Region | null {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const area = size * size * between(SCALE, random);
    const shape = Math.exp(between(RATIO, random));
    const height = roundHalfEven(Math.sqrt(area * shape));
    const width = roundHalfEven(Math.sqrt(area / shape));
    if (height < 1 || width < 1 || height >= size || width >= size) continue;
    const top = random.below(size - height + 1);
    const left = random.below(size - width + 1);
    return { left, top, width, height };
  }
  return null;
}

/** Writes 0 (the mean colour, after normalisation) into a part of `[3, size, size]`, in place. */
export function erase(input: Float32Array, size: number, { left, top, width, height }: Region): void {
  for (let channel = 0; channel < 3; channel++)
    for (let row = top; row < top + height; row++) {
      const from = (channel * size + row) * size + left;
      input.fill(0, from, from + width);
    }
}

import type { SeededRandom } from "../../anomaly/seeded-random.ts";
import { adjustBrightness, adjustContrast, adjustSaturation } from "./colour.ts";
import { adjustHue } from "./hue.ts";
import type { AugmentationOptions } from "./options.ts";
import { between } from "./random-crop.ts";

type JitterOptions = NonNullable<AugmentationOptions["colourJitter"]>;

/** One change: a factor, or turns of the hue. */
export interface JitterStep {
  readonly adjust: keyof JitterOptions;
  readonly by: number;
}

const ADJUST = {
  brightness: adjustBrightness,
  contrast: adjustContrast,
  saturation: adjustSaturation,
  hue: adjustHue,
} as const;

/** The changes of torchvision's `ColorJitter` in their drawn order; what is 0 in the options is left out. */
export function drawJitter(options: JitterOptions, random: SeededRandom): readonly JitterStep[] {
  const steps: JitterStep[] = [];
  for (const adjust of ["brightness", "contrast", "saturation", "hue"] as const) {
    const reach = options[adjust];
    if (reach === 0) continue;
    const range =
      adjust === "hue" ? ([-reach, reach] as const) : ([Math.max(0, 1 - reach), 1 + reach] as const);
    // Put in at a drawn place: every order is equally likely.
    steps.splice(random.below(steps.length + 1), 0, { adjust, by: between(range, random) });
  }
  return steps;
}

/** Changes pixels `[n, 3]` RGB in place. */
export function jitter(pixels: Uint8Array, steps: readonly JitterStep[]): void {
  for (const { adjust, by } of steps) ADJUST[adjust](pixels, by);
}

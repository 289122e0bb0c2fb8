import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SeededRandom, seededRandom } from "../../anomaly/seeded-random.ts";
import type { Picture } from "../picture.ts";
import { augment, augmentSquare } from "./augment.ts";
import type { AugmentationOptions, PreprocessingOptions } from "./options.ts";
import { preprocess } from "./preprocess.ts";
import { squareOf } from "./square.ts";

const SIZE = 16;
const preprocessing: PreprocessingOptions = {
  imageSize: SIZE,
  resizeMode: "resize",
  mean: [0.5, 0.4, 0.3],
  std: [0.2, 0.25, 0.3],
};
const NOTHING: AugmentationOptions = {
  flip: null,
  rotation: null,
  crop: null,
  colourJitter: null,
  erasing: null,
  grayscale: null,
  blur: null,
  mixup: null,
  cutmix: null,
};
const EVERYTHING: AugmentationOptions = {
  ...NOTHING,
  flip: { probability: 0.5 },
  rotation: { degrees: 20 },
  crop: { scale: [0.5, 1], ratio: [0.75, 4 / 3] },
  colourJitter: { brightness: 0.3, contrast: 0.3, saturation: 0.3, hue: 0.1 },
  erasing: { probability: 0.5 },
  grayscale: { probability: 0.2 },
  blur: { sigma: [0.1, 2] },
};

function noise(width: number, height: number): Picture {
  return {
    width,
    height,
    data: Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 7919) % 251),
  };
}

function run(change: Partial<AugmentationOptions>, seed: number, picture = noise(SIZE, SIZE)) {
  return augment(picture, { ...NOTHING, ...change }, preprocessing, seededRandom(seed));
}

/** Share of 2,000 seeds for which something holds. */
function shareOf(holds: (seed: number) => boolean): number {
  return Array.from({ length: 2000 }, (_, seed) => holds(seed)).filter(Boolean).length / 2000;
}

describe("augment", () => {
  it.each([
    ["no options", null],
    ["nothing switched on", NOTHING],
    [
      "probabilities and reaches of 0",
      {
        ...NOTHING,
        flip: { probability: 0 },
        erasing: { probability: 0 },
        grayscale: { probability: 0 },
        rotation: { degrees: 0 },
        colourJitter: { brightness: 0, contrast: 0, saturation: 0, hue: 0 },
        crop: { scale: [1, 1], ratio: [1, 1] },
      } satisfies AugmentationOptions,
    ],
  ] as const)("is preprocess with %s", (_, options) => {
    const picture = noise(24, 24);
    const result = augment(picture, options, preprocessing, seededRandom(1));
    expect(result).toEqual(preprocess(picture, preprocessing));
  });

  it("the same numbers give the same input, others another, and the picture stays as it is", () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        fc.nat(),
        (w, h, seed) => {
          const picture = noise(w, h);
          const first = augment(picture, EVERYTHING, preprocessing, seededRandom(seed));
          expect(first).toEqual(augment(picture, EVERYTHING, preprocessing, seededRandom(seed)));
          expect(first.every(Number.isFinite)).toBe(true);
          expect(picture).toEqual(noise(w, h));
        },
      ),
    ));

  it("writes into the target that it is given", () => {
    const target = new Float32Array(3 * SIZE * SIZE);
    expect(augment(noise(9, 9), EVERYTHING, preprocessing, seededRandom(2), target)).toBe(target);
    expect(() => augment(noise(9, 9), null, preprocessing, seededRandom(2), new Float32Array(5))).toThrow(
      RangeError,
    );
  });

  it("goes on from a kept square as from the picture", () => {
    const picture = noise(31, 20);
    const options = { ...EVERYTHING, crop: null };
    const square = squareOf(picture, preprocessing);
    const target = new Float32Array(3 * SIZE * SIZE);
    expect(augmentSquare(square, options, preprocessing, seededRandom(3), target)).toEqual(
      augment(picture, options, preprocessing, seededRandom(3)),
    );
  });

  it("flips, grays and erases as often as its probabilities say", () => {
    const plain = run({}, 0);
    const differs = (change: Partial<AugmentationOptions>) => (seed: number) =>
      !run(change, seed).every((value, at) => value === plain[at]);
    expect(shareOf(differs({ flip: { probability: 0.5 } }))).toBeCloseTo(0.5, 1);
    expect(shareOf(differs({ grayscale: { probability: 0.2 } }))).toBeCloseTo(0.2, 1);
    expect(shareOf(differs({ erasing: { probability: 0.7 } }))).toBeCloseTo(0.7, 1);
    expect(shareOf(differs({ flip: { probability: 1 } }))).toBe(1);
  });

  it("erases after normalisation, with 0", () => {
    const erased = run({ erasing: { probability: 1 } }, 5);
    const zeros = erased.filter((value) => value === 0).length / erased.length;
    expect(zeros).toBeGreaterThan(0.01);
    expect(zeros).toBeLessThan(0.4);
  });

  it("draws no number for what is off", () => {
    let drawn = 0;
    const counting: SeededRandom = {
      ...seededRandom(1),
      uniform: () => {
        drawn++;
        return 0.5;
      },
    };
    augment(noise(8, 8), NOTHING, preprocessing, counting);
    expect(drawn).toBe(0);
    augment(noise(8, 8), { ...NOTHING, flip: { probability: 0.5 } }, preprocessing, counting);
    expect(drawn).toBe(1);
  });
});

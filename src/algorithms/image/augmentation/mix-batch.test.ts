import { describe, expect, it } from "vitest";
import { seededRandom } from "../../anomaly/seeded-random.ts";
import { mixBatch } from "./mix-batch.ts";

const SIZE = 8;
const PIXELS = 3 * SIZE * SIZE;

/** Picture i is filled with i and belongs to class i. */
function batch(rows: number) {
  const images = Float32Array.from({ length: rows * PIXELS }, (_, at) => Math.floor(at / PIXELS));
  const targets = Float32Array.from({ length: rows * rows }, (_, at) => (at % (rows + 1) === 0 ? 1 : 0));
  return { images, targets };
}

function mixed(rows: number, options: { mixup?: number; cutmix?: number }, seed: number) {
  const { images, targets } = batch(rows);
  const mixup = options.mixup === undefined ? null : { alpha: options.mixup };
  const cutmix = options.cutmix === undefined ? null : { alpha: options.cutmix };
  mixBatch(images, targets, { mixup, cutmix, classes: rows, size: SIZE }, seededRandom(seed));
  return { images, targets };
}

const seeds = Array.from({ length: 300 }, (_, seed) => seed);

describe("mixBatch", () => {
  it("changes nothing with neither", () => {
    expect(mixed(4, {}, 1)).toEqual(batch(4));
  });

  it("mixup blends pictures and targets with one share for the batch", () => {
    for (const seed of seeds) {
      const { images, targets } = mixed(4, { mixup: 0.4 }, seed);
      const share = targets[0]!;
      expect(share + targets[3]!).toBeCloseTo(1, 6);
      for (let row = 0; row < 4; row++) {
        expect(targets[row * 4 + row]).toBeCloseTo(share, 6);
        expect(targets[row * 4 + 3 - row]).toBeCloseTo(1 - share, 6);
        expect(images[row * PIXELS + 5]).toBeCloseTo(share * row + (1 - share) * (3 - row), 5);
      }
    }
  });

  it("cutmix swaps one box in all channels; the targets say its area", () => {
    for (const seed of seeds) {
      const { images, targets } = mixed(4, { cutmix: 1 }, seed);
      for (let row = 0; row < 4; row++)
        for (let channel = 0; channel < 3; channel++) {
          const start = row * PIXELS + channel * SIZE * SIZE;
          const plane = images.subarray(start, start + SIZE * SIZE);
          const foreign = plane.filter((value) => value === 3 - row).length;
          expect(foreign + plane.filter((value) => value === row).length).toBe(SIZE * SIZE);
          expect(targets[row * 4 + 3 - row]).toBeCloseTo(foreign / (SIZE * SIZE), 6);
        }
    }
  });

  it("the one in the middle of an odd batch stays as it is", () => {
    for (const options of [{ mixup: 1 }, { cutmix: 1 }]) {
      const { images, targets } = mixed(3, options, 4);
      expect(images.subarray(PIXELS, 2 * PIXELS).every((value) => value === 1)).toBe(true);
      expect([...targets.subarray(3, 6)]).toEqual([0, 1, 0]);
      expect(targets[0]).toBeLessThan(1);
    }
  });

  it("draws one of both per batch, evenly", () => {
    const blends = seeds.filter((seed) => {
      const { images } = mixed(2, { mixup: 1, cutmix: 1 }, seed);
      return images.some((value) => value !== 0 && value !== 1);
    });
    expect(blends.length / seeds.length).toBeCloseTo(0.5, 1);
  });

  it("refuses targets for another number of pictures", () => {
    const { images } = batch(2);
    const options = { mixup: { alpha: 1 }, cutmix: null, classes: 2, size: SIZE };
    expect(() => mixBatch(images, new Float32Array(6), options, seededRandom(1))).toThrow(RangeError);
  });
});

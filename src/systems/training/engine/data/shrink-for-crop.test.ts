import fc from "fast-check";
import { expect, it } from "vitest";
import { seededRandom } from "../../../../algorithms/anomaly/seeded-random.ts";
import { drawCrop } from "../../../../algorithms/image/augmentation/random-crop.ts";
import { shrinkForCrop } from "./shrink-for-crop.ts";

const crop = { scale: [0.3, 1], ratio: [0.75, 4 / 3] } as const;

it("no crop has to be enlarged that did not have to be before, and nothing is enlarged here", () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 60 }),
      fc.nat(),
      (width, height, size, seed) => {
        const picture = { width, height, data: new Uint8Array(width * height * 3) };
        const small = shrinkForCrop(picture, crop, size);
        expect(small.width).toBeLessThanOrEqual(width);
        expect(small.height).toBeLessThanOrEqual(height);
        if (small === picture) return;
        expect(small.width * small.height).toBeLessThanOrEqual(0.5 * width * height + width + height);
        const part = drawCrop(small, crop, seededRandom(seed));
        // Drawn sides are rounded.
        expect(Math.min(part.width, part.height)).toBeGreaterThanOrEqual(size - 1);
      },
    ),
  ));

it("keeps the shape of a large picture", () => {
  const large = { width: 400, height: 200, data: new Uint8Array(240_000) };
  const { width, height } = shrinkForCrop(large, crop, 32);
  expect(width / height).toBeCloseTo(2, 1);
  expect(width).toBeLessThan(120);
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { boxMeans, boxSums } from "./box-sums.ts";

const planes = fc
  .record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
    radius: fc.integer({ min: 0, max: 12 }),
  })
  .chain((size) =>
    fc.record({
      size: fc.constant(size),
      values: fc.array(fc.integer({ min: -300, max: 300 }), {
        minLength: size.width * size.height,
        maxLength: size.width * size.height,
      }),
    }),
  );

it("sums the square around each pixel, with the edges going on outside", () => {
  fc.assert(
    fc.property(planes, ({ size: { width, height, radius }, values }) => {
      const at = (x: number, y: number) =>
        values[Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x))] as number;
      const sums = Int32Array.from(values);
      boxSums(sums, width, height, radius);
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          let expected = 0;
          for (let dy = -radius; dy <= radius; dy++)
            for (let dx = -radius; dx <= radius; dx++) expected += at(x + dx, y + dy);
          expect(sums[y * width + x]).toBe(expected);
        }
    }),
  );
});

it("means leave an even plane as it is", () => {
  const values = new Int32Array(20).fill(7);
  boxMeans(values, 5, 4, 2);
  expect([...values]).toEqual(Array(20).fill(7));
});

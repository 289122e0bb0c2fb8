import { expect, test } from "vitest";
import { float32, mul, type Tensor } from "../../../../graph/index.ts";
import { FB98_DIM, fb98Features } from "../../../../ml/backbones/fb98/filter-bank.ts";
import { compute } from "../../../../ml/runtime/compute.ts";
import { drawnImages } from "./drawn-weights.ts";
import { PICTURE_FEATURES, pictureFeatures } from "./picture-features.ts";

const PLAIN = { mean: [0, 0, 0], std: [1, 1, 1] } as const;
const images = drawnImages(2, 32);
const features = (batch: Tensor, choice: Parameters<typeof pictureFeatures>[1] = PLAIN) =>
  compute({ batch }, ({ batch }) => pictureFeatures(batch, choice));

test("are mean, deviation and maximum of the bank's channels, and their means in the quarters", async () => {
  const cells = (await compute({ images }, ({ images }) => fb98Features(images))).data;
  const found = await features(images);
  expect(found.shape).toEqual([2, PICTURE_FEATURES]);
  for (const picture of [0, 1])
    for (const channel of [0, 11, 50, 97]) {
      const start = 16 * (picture * FB98_DIM + channel);
      const values = Array.from(cells.subarray(start, start + 16), Number);
      const mean = (some: readonly number[]) => some.reduce((sum, value) => sum + value, 0) / some.length;
      const quarter = (row: number, column: number) =>
        mean(values.filter((_, at) => at >> 3 === row && (at % 4) >> 1 === column));
      const centre = mean(values);
      const expected = [
        centre,
        Math.sqrt(mean(values.map((value) => (value - centre) ** 2))),
        Math.max(...values),
        ...[quarter(0, 0), quarter(0, 1), quarter(1, 0), quarter(1, 1)],
      ];
      expected.forEach((value, part) => {
        const at = picture * PICTURE_FEATURES + part * FB98_DIM + channel;
        expect(Number(found.data[at])).toBeCloseTo(value, 3);
      });
    }
});

test("do not depend on the other pictures of the batch", async () => {
  const both = await features(images);
  const alone = await features(float32([1, 3, 32, 32], images.data.slice(3 * 32 * 32)));
  alone.data.forEach((value, at) => {
    expect(Number(both.data[PICTURE_FEATURES + at])).toBeCloseTo(Number(value), 4);
  });
});

test("do not depend on how the pictures were normalised", async () => {
  const plain = await features(images);
  const halved = await compute({ images }, ({ images }) => mul(images, 0.5));
  const undone = await features(halved, { mean: [0, 0, 0], std: [2, 2, 2] });
  undone.data.forEach((value, at) => {
    expect(Number(value)).toBeCloseTo(Number(plain.data[at]), 4);
  });
});

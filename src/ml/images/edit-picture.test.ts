import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Picture } from "../../algorithms/image/picture.ts";
import { decodePicture } from "./decode-picture.ts";
import { encodePng, overlayPicture, resizePicture } from "./edit-picture.ts";
import type { ResizeFilter } from "./enlarge.ts";

const LIMITS = { maxBytes: 1_000_000, maxPixels: 1_000_000 };
const picture: Picture = { width: 3, height: 2, data: Uint8Array.from({ length: 18 }, (_, i) => 13 * i) };

test("a PNG gives the picture back", async () => {
  expect(await decodePicture(await encodePng(picture), LIMITS)).toEqual(picture);
});

test("a gray PNG has the samples in each channel", async () => {
  const gray = { width: 3, height: 1, data: Uint8Array.of(0, 100, 255) };
  const file = await encodePng(gray, 1);
  expect(file[25], "the PNG's colour type").toBe(0);
  const { data } = await decodePicture(file, LIMITS);
  expect([...data]).toEqual([0, 0, 0, 100, 100, 100, 255, 255, 255]);
});

test("equal pictures give equal files", async () => {
  expect(await encodePng(picture)).toEqual(await encodePng(picture));
});

test("samples that do not fill the picture are a mistake of the code", async () => {
  await expect(encodePng(picture, 4)).rejects.toThrow("expected 3 x 2 x 4 samples, got 18");
});

interface Vectors extends Omit<Picture, "data"> {
  readonly rgb: number[];
  readonly cases: { filter: ResizeFilter; width: number; height: number; rgb: number[] }[];
}

/** Made by tests/vectors/regenerate-picture-resize.py. */
const vectors: Vectors = JSON.parse(
  readFileSync(new URL("../../../tests/vectors/picture-resize.json", import.meta.url), "utf8"),
);

test.each(vectors.cases)("resizes as Pillow does: $filter to $width x $height", async (vector) => {
  const { width, height, filter } = vector;
  const source = { width: vectors.width, height: vectors.height, data: Uint8Array.from(vectors.rgb) };
  const resized = await resizePicture(source, { width, height }, filter);
  expect([resized.width, resized.height]).toEqual([width, height]);
  for (const [index, value] of vector.rgb.entries()) {
    const [x, y] = [Math.floor(index / 3) % width, Math.floor(index / 3 / width)];
    const border = Math.min(x, y, width - 1 - x, height - 1 - y) < 2;
    expect(Math.abs(value - (resized.data[index] ?? 0)), `at ${x}, ${y}`).toBeLessThanOrEqual(border ? 5 : 2);
  }
});

test("one axis may grow while the other shrinks, and the same size is the same picture", async () => {
  const resized = await resizePicture(picture, { width: 6, height: 1 });
  expect([resized.width, resized.height, resized.data.length]).toEqual([6, 1, 18]);
  expect((await resizePicture(picture, { width: 3, height: 2 })).data).toEqual(picture.data);
  await expect(resizePicture(picture, { width: 0, height: 2 })).rejects.toThrow(RangeError);
});

test("a layer covers as far as it is opaque", async () => {
  const base = { width: 3, height: 1, data: new Uint8Array(9).fill(100) };
  const layer = { width: 3, height: 1, data: Uint8Array.of(255, 0, 0, 255, 0, 0, 0, 0, 200, 200, 200, 128) };
  const { data } = await overlayPicture(base, layer);
  expect([...data.subarray(0, 6)]).toEqual([255, 0, 0, 100, 100, 100]);
  expect(Math.abs((data[6] ?? 0) - 150)).toBeLessThanOrEqual(1);
  await expect(overlayPicture(picture, layer)).rejects.toThrow("a layer of 3 x 1 over a picture of 3 x 2");
});

import fc from "fast-check";
import { expect, it } from "vitest";
import type { Picture } from "./picture.ts";
import { resample } from "./resample.ts";

// What the bytes are is tested against Pillow's in augmentation/vectors.test.ts.

const side = fc.integer({ min: 1, max: 40 });

function noise(width: number, height: number): Picture {
  return {
    width,
    height,
    data: Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 7919) % 251),
  };
}

it("a window is what would be cut out of the whole result", () =>
  fc.assert(
    fc.property(side, side, side, side, fc.nat(), fc.nat(), (w, h, width, height, x, y) => {
      const picture = noise(w, h);
      const [left, top] = [x % width, y % height];
      const window = { left, top, width: width - left, height: height - top };
      const whole = resample(picture, { width, height });
      const part = resample(picture, { width, height, window });
      expect(part).toEqual(resample(whole, { source: window, ...sizeOf(window) }));
    }),
  ));

it("flat pictures stay flat, white ones white", () =>
  fc.assert(
    fc.property(side, side, side, side, fc.constantFrom(0, 1, 128, 255), (w, h, width, height, value) => {
      const flat = { width: w, height: h, data: new Uint8Array(w * h * 3).fill(value) };
      expect(resample(flat, { width, height }).data).toEqual(new Uint8Array(width * height * 3).fill(value));
    }),
  ));

it("hands back the picture itself where there is nothing to do", () => {
  const picture = noise(5, 4);
  expect(resample(picture, { width: 5, height: 4 })).toBe(picture);
});

it("refuses parts that are empty, broken or outside", () => {
  const picture = noise(5, 4);
  const part = { left: 0, top: 0, width: 5, height: 4 };
  for (const wrong of [{ left: 1 }, { top: -1 }, { width: 0 }, { height: 4.5 }, { height: 5 }])
    expect(() => resample(picture, { source: { ...part, ...wrong }, width: 2, height: 2 })).toThrow(
      RangeError,
    );
  expect(() => resample(picture, { width: 2, height: 2, window: part })).toThrow(RangeError);
});

function sizeOf({ width, height }: { width: number; height: number }) {
  return { width, height };
}

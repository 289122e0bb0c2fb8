import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundsOfBox, cutPicture, cutTurned } from "./cut-picture.ts";
import type { Picture } from "./picture.ts";

/** Every pixel says where it was: red its column, green its row. */
function addressed(width: number, height: number): Picture {
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set([x, y, 7], 3 * (y * width + x));
  return { width, height, data };
}

const pixel = ({ data, width }: Picture, x: number, y: number) => [
  ...data.subarray(3 * (y * width + x), 3 * (y * width + x) + 2),
];

describe("a part of a picture", () => {
  it("is what lies there, and an unturned box the same", () => {
    const box = fc.record({
      left: fc.nat(9),
      top: fc.nat(9),
      width: fc.integer({ min: 1, max: 9 }),
      height: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(box, (part) => {
        const picture = addressed(20, 20);
        const cut = cutPicture(picture, part);
        expect(pixel(cut, 0, 0)).toEqual([part.left, part.top]);
        expect(pixel(cut, part.width - 1, part.height - 1)).toEqual([
          part.left + part.width - 1,
          part.top + part.height - 1,
        ]);
        expect(cutTurned(picture, { ...part, angle: 0 }).data).toEqual(cut.data);
      }),
    );
  });

  it("is refused where it reaches beyond", () => {
    const picture = addressed(4, 4);
    for (const part of [
      { left: -1, top: 0, width: 2, height: 2 },
      { left: 3, top: 0, width: 2, height: 2 },
      { left: 0, top: 0, width: 0, height: 2 },
    ])
      expect(() => cutPicture(picture, part)).toThrow(RangeError);
  });
});

describe("a turned box", () => {
  it("of a quarter turn clockwise begins at its right upper corner and runs down", () => {
    const turned = cutTurned(addressed(10, 10), { left: 2, top: 3, width: 4, height: 4, angle: 90 });
    expect(pixel(turned, 0, 0)).toEqual([5, 3]);
    expect(pixel(turned, 3, 0)).toEqual([5, 6]);
    expect(pixel(turned, 0, 3)).toEqual([2, 3]);
  });

  it("turned back and forth shows the same", () => {
    const picture = addressed(40, 40);
    const box = { left: 10, top: 12, width: 16, height: 12 };
    const smooth = cutTurned(picture, { ...box, angle: 30 });
    // the middle stays the middle
    expect(pixel(smooth, 8, 6)[0]).toBeCloseTo(18, -0.5);
    expect(cutTurned(picture, { ...box, angle: 390 }).data).toEqual(smooth.data);
    expect(cutTurned(picture, { ...box, angle: -330 }).data).toEqual(smooth.data);
  });

  it("needs an upright part that holds all of it, or does not lie in the picture", () => {
    const picture = { width: 20, height: 20 };
    const box = { left: 5, top: 5, width: 10, height: 10 };
    expect(boundsOfBox({ ...box, angle: 0 }, picture)).toEqual({ left: 4, top: 4, width: 12, height: 12 });
    expect(boundsOfBox({ ...box, angle: 45 }, picture)).toMatchObject({ left: 1, top: 1 });
    expect(boundsOfBox({ left: 0, top: 0, width: 20, height: 20, angle: 45 }, picture)).toBeNull();
    expect(boundsOfBox({ ...box, left: Number.NaN, angle: 1 }, picture)).toBeNull();
  });
});

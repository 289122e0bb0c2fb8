import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grayOfLightness, LIGHTNESS_OF_GRAY, oklabOf, oklabPicture, writeSrgb } from "./oklab.ts";

const vectors = JSON.parse(
  readFileSync(new URL("../../../tests/vectors/colour.json", import.meta.url), "utf8"),
) as {
  rgb: [number, number, number][];
  oklab: [number, number, number][];
};

describe("OKLab", () => {
  it("is that of Ottosson's matrices", () => {
    vectors.rgb.forEach((rgb, index) => {
      oklabOf(...rgb).forEach((part, at) => {
        expect(part).toBeCloseTo(vectors.oklab[index]?.[at] as number, 5);
      });
    });
  });

  it("gives every byte back that a picture had", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 3, maxLength: 300 }), (bytes) => {
        const width = Math.floor(bytes.length / 3);
        const { l, a, b } = oklabPicture({ width, height: 1, data: bytes });
        const back = new Uint8Array(3 * width);
        for (let at = 0; at < width; at++)
          writeSrgb(l[at] as number, a[at] as number, b[at] as number, back, 3 * at);
        expect(back).toEqual(bytes.slice(0, 3 * width));
      }),
    );
  });

  it("gives all grays back", () => {
    const back = new Uint8Array(3);
    for (let gray = 0; gray < 256; gray++) {
      writeSrgb(LIGHTNESS_OF_GRAY[gray] as number, 0, 0, back, 0);
      expect([...back]).toEqual([gray, gray, gray]);
      expect(Math.round(255 * grayOfLightness(LIGHTNESS_OF_GRAY[gray] as number))).toBe(gray);
    }
  });
});

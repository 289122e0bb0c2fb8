import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inGamut, shownChroma, writeShownSrgb } from "./gamut.ts";
import { oklabOf } from "./oklab.ts";

const byte = fc.integer({ min: 0, max: 255 });
const chroma = fc.double({ min: -0.5, max: 0.5, noNaN: true });
const lightness = fc.double({ min: 0, max: 1, noNaN: true });

describe("gamut mapping", () => {
  it("leaves every sRGB colour as it is", () => {
    fc.assert(
      fc.property(byte, byte, byte, (red, green, blue) => {
        const back = new Uint8Array(3);
        const [l, a, b] = oklabOf(red, green, blue);
        writeShownSrgb(l, a, b, back, 0);
        expect([...back]).toEqual([red, green, blue]);
      }),
    );
  });

  it("takes away chroma until sRGB can show the colour, and no more than that", () => {
    fc.assert(
      fc.property(lightness, chroma, chroma, (l, a, b) => {
        const share = shownChroma(l, a, b);
        expect(inGamut(l, a * share, b * share)).toBe(true);
        const more = share + 0.001;
        if (share < 1) expect(inGamut(l, a * more, b * more)).toBe(false);
      }),
    );
  });

  it("keeps the lightness of what it shows, to a byte's step", () => {
    // Blacker than this a byte's step is larger than the bound.
    const seen = fc.double({ min: 0.15, max: 1, noNaN: true });
    fc.assert(
      fc.property(seen, chroma, chroma, (l, a, b) => {
        const back = new Uint8Array(3);
        writeShownSrgb(l, a, b, back, 0);
        expect(
          Math.abs(oklabOf(back[0] as number, back[1] as number, back[2] as number)[0] - l),
        ).toBeLessThan(0.03);
      }),
    );
  });
});

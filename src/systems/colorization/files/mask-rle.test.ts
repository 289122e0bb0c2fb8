import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeRle, encodeRle } from "./mask-rle.ts";

interface Case {
  readonly shape: [number, number];
  readonly mask: string;
  readonly rle: string;
}

const cases: readonly Case[] = JSON.parse(readFileSync("tests/vectors/mask-rle.json", "utf8"));

const maskOf = ({ shape: [height, width], mask }: Case) => ({
  width,
  height,
  data: Uint8Array.from(mask, Number),
});

describe("masks as text", () => {
  it.each(cases)("are COCO's compressed run lengths: $shape", (example) => {
    expect(encodeRle(maskOf(example))).toBe(example.rle);
    expect(decodeRle(example.rle, example.shape)).toEqual(maskOf(example));
  });

  it("come back as they were", () => {
    const masks = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
      .chain(([width, height]) =>
        fc
          .array(fc.constantFrom(0, 1), { minLength: width * height, maxLength: width * height })
          .map((data) => ({ width, height, data: Uint8Array.from(data) })),
      );
    fc.assert(
      fc.property(masks, (mask) => {
        expect(decodeRle(encodeRle(mask), [mask.height, mask.width])).toEqual(mask);
      }),
    );
  });

  it("are read for a whole page", () => {
    const data = new Uint8Array(2000 * 3000).fill(1, 500_000, 4_000_000);
    const mask = { width: 2000, height: 3000, data };
    expect(Buffer.compare(decodeRle(encodeRle(mask), [3000, 2000]).data, data)).toBe(0);
  });

  it("are refused where they are damaged, never painted beyond the mask", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        try {
          expect(decodeRle(text, [5, 5]).data).toHaveLength(25);
        } catch (error) {
          expect(error).toMatchObject({ code: "invalid_metadata", status: 400 });
        }
      }),
    );
    for (const text of ["", "zzzzzzzzz", "o", "1", "100000", "\u{1f600}"])
      expect(() => decodeRle(text, [5, 5])).toThrow("Run pass 1 again");
    expect(() => decodeRle("0", [100_000, 100_000])).toThrow("pixels");
  });
});

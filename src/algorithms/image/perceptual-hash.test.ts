import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawDisc } from "./drawn-discs/index.ts";
import { hammingDistance, perceptualHash } from "./perceptual-hash.ts";
import type { Picture } from "./picture.ts";

interface Drawn {
  width: number;
  height: number;
  a: number;
  b: number;
  c: number;
}
const vectors = new URL("../../../tests/vectors/perceptual-hash.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(vectors, "utf8")) as { cases: (Drawn & { hash: string | null })[] };

/** The pictures of regenerate-perceptual-hash.py, by whole numbers only. */
function draw({ width, height, a, b, c }: Drawn): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = [Math.floor((1024 * x) / width), Math.floor((1024 * y) / height)];
      const wave = Math.floor(Math.abs(((a * u + b * v) % 1022) - 511) / 2);
      const board = ((Math.floor(u / c) + Math.floor(v / c)) % 2) * 60;
      data[at++] = wave;
      data[at++] = (wave + board) % 256;
      data[at++] = (255 - wave + 2 * board) % 256;
    }
  return { width, height, data };
}

/** Every pixel becomes `factor` x `factor`, lighter by so much. */
function enlarged({ width, height, data }: Picture, factor: number, lighter: number): Picture {
  const wide = width * factor;
  const larger = new Uint8Array(wide * height * factor * 3);
  for (let at = 0; at < larger.length; at++) {
    const [pixel, channel] = [Math.floor(at / 3), at % 3];
    const [x, y] = [Math.floor((pixel % wide) / factor), Math.floor(pixel / wide / factor)];
    larger[at] = Math.min(255, data[3 * (y * width + x) + channel]! + lighter);
  }
  return { width: wide, height: height * factor, data: larger };
}

describe("perceptualHash", () => {
  it.each(cases)("is SciPy's of a picture of $width x $height", ({ hash, ...drawn }) => {
    expect(perceptualHash(draw(drawn))).toBe(hash);
  });

  it("hardly changes when a picture is scaled and made lighter, and tells other pictures apart", () => {
    const [disc, otherDisc] = [1, 2].map((seed) => drawDisc(seed, { size: 96 }).picture);
    const hash = perceptualHash(disc!)!;
    expect(hammingDistance(hash, perceptualHash(enlarged(disc!, 3, 20))!)).toBeLessThanOrEqual(6);
    expect(hammingDistance(hash, perceptualHash(otherDisc!)!)).toBeGreaterThan(6);
    expect(hammingDistance(hash, perceptualHash(draw(cases[3]!))!)).toBeGreaterThan(16);
  });

  it("is null where there is nothing to see, or hardly a picture", () => {
    const gray = (width: number, height: number) => ({
      width,
      height,
      data: new Uint8Array(width * height * 3).fill(200),
    });
    expect(perceptualHash(gray(100, 80))).toBeNull();
    expect(perceptualHash(draw({ ...cases[0]!, width: 31 }))).toBeNull();
    expect(perceptualHash(gray(0, 0))).toBeNull();
  });
});

describe("hammingDistance", () => {
  it("counts the bits that differ", () => {
    expect(hammingDistance("0000000000000000", "ffffffffffffffff")).toBe(64);
    expect(hammingDistance("8000000000000001", "0000000000000000")).toBe(2);
  });

  it("is what BigInt counts, and the same both ways", () => {
    const hash = fc
      .bigInt({ min: 0n, max: 2n ** 64n - 1n })
      .map((bits) => bits.toString(16).padStart(16, "0"));
    fc.assert(
      fc.property(hash, hash, (a, b) => {
        const differing = (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2).replaceAll("0", "").length;
        expect(hammingDistance(a, b)).toBe(differing);
        expect(hammingDistance(b, a)).toBe(differing);
      }),
    );
  });

  it("refuses what is no hash", () => {
    expect(() => hammingDistance("0000000000000000", "12")).toThrow(RangeError);
  });
});

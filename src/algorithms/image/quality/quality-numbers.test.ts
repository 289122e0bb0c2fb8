import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Plane } from "../picture.ts";
import { shrunkGray, squareMeans } from "./gray.ts";
import { PhaseCorrelation } from "./phase-correlation.ts";
import { laplacianVariance } from "./sharpness.ts";

interface Vectors {
  readonly sharpness: readonly { width: number; height: number; data: number[]; variance: number }[];
  readonly offsets: readonly {
    side: number;
    first: number[];
    second: number[];
    dx: number;
    dy: number;
    response: number;
  }[];
}

/** Made by tests/vectors/regenerate-picture-quality.py with OpenCV. */
const vectors = JSON.parse(
  readFileSync(new URL("../../../../tests/vectors/picture-quality.json", import.meta.url), "utf8"),
) as Vectors;

const planeOf = (width: number, height: number, data: readonly number[]): Plane => ({
  width,
  height,
  data: Float32Array.from(data),
});

describe("OpenCV's numbers", () => {
  it.each(vectors.sharpness)(
    "of the Laplacian's variance ($width x $height)",
    ({ width, height, data, variance }) => {
      expect(laplacianVariance(planeOf(width, height, data)) / variance).toBeCloseTo(1, 6);
    },
  );

  it.each(vectors.offsets)(
    "of phase correlation ($side px, $dx, $dy)",
    ({ side, first, second, dx, dy, response }) => {
      const correlation = new PhaseCorrelation(side);
      const spectra = [first, second].map((data) => correlation.spectrum(planeOf(side, side, data)));
      const found = correlation.offset(spectra[0]!, spectra[1]!);
      expect(found.dx).toBeCloseTo(dx, 3);
      expect(found.dy).toBeCloseTo(dy, 3);
      expect(found.response).toBeCloseTo(response, 4);
    },
  );
});

describe("brightness of a shrunk picture", () => {
  const shrunk = (width: number, height: number, longSide: number, at: (pixel: number) => number) => {
    const data = Uint8Array.from({ length: 3 * width * height }, (_, index) => at(Math.floor(index / 3)));
    const shrinking = shrunkGray({ width, height, data }, longSide);
    for (;;) {
      const { done, value } = shrinking.next();
      if (done) return value;
    }
  };

  it("is the mean over areas, whole pixels and fractions", () => {
    expect(shrunk(4, 2, 2, (pixel) => 10 * (pixel % 4))).toMatchObject({ width: 2, height: 1 });
    expect([...shrunk(4, 2, 2, (pixel) => 10 * (pixel % 4)).data].map(Math.round)).toEqual([5, 25]);
    // three pixels to two: 1 and half of the next
    const [left, right] = shrunk(3, 1, 2, (pixel) => 30 * pixel).data;
    expect(left).toBeCloseTo(10, 4);
    expect(right).toBeCloseTo(50, 4);
  });

  it("keeps a flat picture flat at every size, and enlarges none", () => {
    for (const [width, height, longSide] of [
      [448, 448, 224],
      [301, 77, 224],
      [1_000, 3, 224],
      [50, 40, 224],
    ] as const) {
      const { data, ...size } = shrunk(width, height, longSide, () => 100);
      expect(Math.max(size.width, size.height)).toBe(Math.min(longSide, Math.max(width, height)));
      for (const value of data) expect(value).toBeCloseTo(100, 2);
    }
  });
});

describe("pictures as small squares", () => {
  it("keep their means, also where they are smaller than the square", () => {
    const ramp = planeOf(
      8,
      4,
      Array.from({ length: 32 }, (_, at) => at % 8),
    );
    expect([...squareMeans(ramp, 4).data.subarray(0, 4)]).toEqual([0.5, 2.5, 4.5, 6.5]);
    expect([...squareMeans(planeOf(2, 2, [1, 2, 3, 4]), 4).data]).toEqual([
      1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4,
    ]);
  });

  it("are refused a Fourier transform of an odd size", () => {
    expect(() => new PhaseCorrelation(12)).toThrow(RangeError);
  });
});

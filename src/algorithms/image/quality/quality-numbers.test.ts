import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Plane } from "../picture.ts";
import { squareMeans } from "./gray.ts";
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

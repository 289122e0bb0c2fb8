import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "./seeded-random.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** A covariance with `rank` directions of very different strength. */
function covariance(size: number, rank: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const matrix = new Float64Array(size * size);
  for (let one = 0; one < rank; one++) {
    const direction = Float64Array.from({ length: size }, random.normal);
    for (let at = 0; at < matrix.length; at++)
      matrix[at] =
        (matrix[at] as number) +
        (direction[Math.floor(at / size)] as number) * (direction[at % size] as number) * 2 ** -one;
  }
  return matrix;
}

describe("symmetricEigen", () => {
  it("solves a matrix that is known", () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    expect([...values]).toEqual([expect.closeTo(3, 12), expect.closeTo(1, 12)]);
    expect(Math.abs(vectors[0] as number)).toBeCloseTo(Math.SQRT1_2, 12);
  });

  it("yields falling values and orthonormal vectors that rebuild the matrix", () => {
    const shapes = fc.record({ size: fc.integer({ min: 1, max: 14 }), rank: fc.nat(16), seed: fc.nat(999) });
    fc.assert(
      fc.property(shapes, ({ size, rank, seed }) => {
        const matrix = covariance(size, rank, seed);
        const { values, vectors } = symmetricEigen(matrix, size);
        const scale = Math.max(1, ...matrix.map(Math.abs));
        for (let i = 0; i < size; i++)
          for (let j = 0; j < size; j++) {
            let [product, rebuilt] = [0, 0];
            for (let k = 0; k < size; k++) {
              product += (vectors[i * size + k] as number) * (vectors[j * size + k] as number);
              rebuilt +=
                (values[k] as number) * (vectors[k * size + i] as number) * (vectors[k * size + j] as number);
            }
            expect(product).toBeCloseTo(i === j ? 1 : 0, 10);
            expect(rebuilt / scale).toBeCloseTo((matrix[i * size + j] as number) / scale, 10);
          }
        expect([...values]).toEqual([...values].sort((a, b) => b - a));
      }),
      { numRuns: 40 },
    );
  });

  it("handles 98 dimensions of which most are empty", () => {
    const { values } = symmetricEigen(covariance(98, 20, 1), 98);
    expect(values[0]).toBeGreaterThan(50);
    expect(Math.abs(values[97] as number)).toBeLessThan(1e-10);
  });

  it("refuses NaN and matrices that are not square", () => {
    expect(() => symmetricEigen(Float64Array.of(1, Number.NaN, 0, 1), 2)).toThrow(RangeError);
    expect(() => symmetricEigen(Float64Array.of(1, 2), 2)).toThrow(RangeError);
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { openFeatureStatistics } from "./feature-statistics.ts";

const buffers = (dim: number) =>
  new Map([
    ["features.mean", new Float32Array(dim)],
    ["features.std", new Float32Array(dim)],
  ]);

test("mean and deviation are those of all rows, however they come in batches", () => {
  const row = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(fc.array(row, { minLength: 1, maxLength: 5 }), { minLength: 1 }), (batches) => {
      const statistics = openFeatureStatistics(3);
      for (const rows of batches) statistics.add(Float32Array.from(rows.flat()));
      const weights = buffers(3);
      statistics.writeTo(weights);
      const all = batches.flat();
      for (const at of [0, 1, 2]) {
        const mean = all.reduce((sum, values) => sum + (values[at] ?? 0), 0) / all.length;
        const variance = all.reduce((sum, values) => sum + ((values[at] ?? 0) - mean) ** 2, 0) / all.length;
        expect(weights.get("features.mean")?.[at]).toBeCloseTo(mean, 3);
        expect(weights.get("features.std")?.[at]).toBeCloseTo(variance === 0 ? 1 : Math.sqrt(variance), 3);
      }
    }),
  );
});

test("a feature that never changes is left unscaled", () => {
  const statistics = openFeatureStatistics(1);
  statistics.add(Float32Array.of(0.1, 0.1, 0.1));
  const weights = buffers(1);
  statistics.writeTo(weights);
  expect(weights.get("features.std")).toEqual(Float32Array.of(1));
});

test("mistakes are refused", () => {
  const statistics = openFeatureStatistics(2);
  expect(() => statistics.add(new Float32Array(3))).toThrow(RangeError);
  expect(() => statistics.writeTo(buffers(2))).toThrow("no features were added");
  statistics.add(new Float32Array(2));
  expect(() => statistics.writeTo(buffers(3))).toThrow("of 2 numbers");
});

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  chiSquaredUpper,
  correlationTwoSided,
  fisherUpper,
  normalTwoSided,
  studentTwoSided,
} from "./distributions.ts";

type Case = readonly number[];
const vectors: Record<string, readonly Case[]> = JSON.parse(
  readFileSync(new URL("../../../../tests/vectors/distributions.json", import.meta.url), "utf8"),
);

/** Relative, down to where a double can still tell numbers apart; SciPy itself is off by 4e-11 for some F. */
const RELATIVE = 1e-10;
const SMALLEST = 1e-290;

test.each([
  ["normal", ([z = 0]: Case) => normalTwoSided(z)],
  ["student", ([t = 0, df = 1]: Case) => studentTwoSided(t, df)],
  ["fisher", ([f = 0, df1 = 1, df2 = 1]: Case) => fisherUpper(f, df1, df2)],
  ["chiSquared", ([x = 0, df = 1]: Case) => chiSquaredUpper(x, df)],
  ["correlation", ([r = 0, df = 1]: Case) => correlationTwoSided(r, df)],
] as const)("%s tails are SciPy's to ten digits, near and far", (name, ours) => {
  for (const row of vectors[name] ?? []) {
    const expected = row.at(-1) ?? Number.NaN;
    const error = Math.abs(ours(row) - expected);
    expect(error, row.join(" ")).toBeLessThanOrEqual(Math.max(RELATIVE * expected, SMALLEST));
  }
});

describe("tails", () => {
  const df = fc.double({ min: 0.5, max: 1e6, noNaN: true });
  const size = fc.double({ min: 0, max: 1e3, noNaN: true });

  test("are probabilities that fall as the statistic grows", () => {
    fc.assert(
      fc.property(df, df, size, size, (a, b, one, other) => {
        const [near, far] = one < other ? [one, other] : [other, one];
        for (const tail of [
          (x: number) => studentTwoSided(x, a),
          (x: number) => fisherUpper(x, a, b),
          (x: number) => chiSquaredUpper(x, a),
          normalTwoSided,
        ]) {
          expect(tail(near)).toBeLessThanOrEqual(1 + 1e-12);
          expect(tail(far)).toBeGreaterThanOrEqual(-1e-12);
          expect(tail(far)).toBeLessThanOrEqual(tail(near) + 1e-12);
        }
      }),
    );
  });

  test("agree where one distribution is another: F(1, df) is t squared, chi-squared with one is z squared", () => {
    fc.assert(
      fc.property(df, fc.double({ min: 0, max: 30, noNaN: true }), (a, t) => {
        expect(fisherUpper(t * t, 1, a)).toBeCloseTo(studentTwoSided(t, a), 10);
        expect(chiSquaredUpper(t * t, 1)).toBeCloseTo(normalTwoSided(t), 12);
      }),
    );
  });
});

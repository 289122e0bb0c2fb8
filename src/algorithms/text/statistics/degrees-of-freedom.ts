import { NUMBER, readNumber } from "./reported-number.ts";
import type { TestKind } from "./reported-test.ts";

const SAMPLE = /[,;]?\s?[nN]\s?=\s?(\d{1,7})\s*$/;
const NAMES = /(?:df|gl|g\.\s?l\.|d\.\s?f\.)\s?[12₁₂]?\s?=?\s?/giu;
const ONE = new RegExp(`^\\s*(${NUMBER})\\s*$`, "u");
const TWO = new RegExp(`^\\s*(${NUMBER})\\s?(?:;|,|/|\\by\\b|\\be\\b|\\band\\b)\\s?(${NUMBER})\\s*$`, "u");
/** `1,5, 42,3`: only the comma before a space parts the two. */
const TWO_WITH_DECIMAL_COMMA = /^\s*(\d+,\d+),\s(\d+,\d+)\s*$/;
const THOUSANDS = /^\d{1,3}[.,]\d{3}$/;

/**
 * Degrees of freedom as they stand in brackets behind a test's letter (`28`, `2, 57`, `1, N = 90`, `gl = 12`); null when
 * they cannot be read for sure. `1,234` could be either of two numbers and is not read. At most 40 characters are given.
 */
export function readDegreesOfFreedom(kind: TestKind, inside: string): readonly number[] | null {
  const plain = inside.replace(SAMPLE, "").replace(NAMES, "");
  if (kind === "z") return [];
  if (kind !== "F") return positive([ONE.exec(plain)?.[1]]);
  const match = TWO_WITH_DECIMAL_COMMA.exec(plain) ?? TWO.exec(plain);
  return match === null ? null : positive([match[1], match[2]]);
}

function positive(written: readonly (string | undefined)[]): readonly number[] | null {
  const read = written.map((one) =>
    one === undefined || THOUSANDS.test(one) ? Number.NaN : (readNumber(one)?.value ?? Number.NaN),
  );
  return read.every((df) => df > 0 && df < 1e9) ? read : null;
}

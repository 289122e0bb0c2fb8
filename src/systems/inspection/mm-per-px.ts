import { userError } from "../../platform/errors/quatrain-error.ts";

/*
 * One scale per recipe: the first successful use locks it.
 * Source: contracts/inspection.md "/fit_ok" notes; spec/inspection.md section 2 "mm lock".
 */

const TOLERANCE = 1e-6;

/** Equal within a relative tolerance of 1e-6 x max(1, |a|, |b|). */
export function sameScale(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
}

/** Outside of these a pixel is smaller than an atom or larger than a country, and areas are no finite numbers. */
const SMALLEST = 1e-9;
const LARGEST = 1e9;

/** The number that a JSON value states, as a number or as text; NaN for anything else. */
export function statedScale(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
}

export function isValidScale(mmPerPx: number): boolean {
  return mmPerPx >= SMALLEST && mmPerPx <= LARGEST;
}

/** @throws QuatrainError `invalid_mm_per_px` (400) */
export function requireValidScale(mmPerPx: number): void {
  if (isValidScale(mmPerPx)) return;
  const message =
    Number.isFinite(mmPerPx) && mmPerPx > 0
      ? `mm_per_px must be between ${SMALLEST} and ${LARGEST}, not ${mmPerPx}`
      : "mm_per_px must be > 0 and finite";
  throw userError("invalid_mm_per_px", 400, message);
}

/** @throws QuatrainError `mm_per_px_mismatch` (409) */
export function requireLockedScale(recipeId: string, locked: number | null, mmPerPx: number): void {
  if (locked === null || sameScale(locked, mmPerPx)) return;
  throw userError(
    "mm_per_px_mismatch",
    409,
    `mm_per_px mismatch for recipe '${recipeId}': expected ${locked}, got ${mmPerPx}`,
  );
}

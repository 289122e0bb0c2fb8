import { regularizedBeta } from "./regularized-beta.ts";
import { upperGamma } from "./regularized-gamma.ts";

/** Probability of a standard normal value at least as far from zero as z, both sides. */
export function normalTwoSided(z: number): number {
  return upperGamma(0.5, (z * z) / 2);
}

/** Probability of a Student t value at least as far from zero as t, both sides; df > 0. */
export function studentTwoSided(t: number, df: number): number {
  const square = t * t;
  return regularizedBeta(df / (df + square), square / (df + square), df / 2, 0.5);
}

/** Probability of an F value of at least f >= 0, with df1, df2 > 0. */
export function fisherUpper(f: number, df1: number, df2: number): number {
  const scaled = df1 * Math.max(f, 0);
  return regularizedBeta(df2 / (df2 + scaled), scaled / (df2 + scaled), df2 / 2, df1 / 2);
}

/** Probability of a chi-squared value of at least x >= 0; df > 0. */
export function chiSquaredUpper(x: number, df: number): number {
  return upperGamma(df / 2, x / 2);
}

/** Two-sided probability of a correlation at least as far from zero as r, |r| <= 1, with df = n - 2 > 0. */
export function correlationTwoSided(r: number, df: number): number {
  const square = Math.min(r * r, 1);
  return regularizedBeta(1 - square, square, df / 2, 0.5);
}

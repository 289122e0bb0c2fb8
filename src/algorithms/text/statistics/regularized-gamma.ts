import { continuedFraction, deviance, stirlingError } from "./saddle-point.ts";

const MOST_STEPS = 100_000;
const EPSILON = 1e-17;

/**
 * Upper regularized incomplete gamma function Q(a, x), for a > 0 and x >= 0, to about 1e-13 of its value.
 *
 * Series below a + 1, continued fraction above (Numerical Recipes, 3rd ed., section 6.2), with the power before them
 * taken from Loader's saddle-point form, which keeps its digits for large a. O(sqrt(a)) steps.
 */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  if (!Number.isFinite(x)) return 0;
  const power = Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a);
  return x < a + 1 ? 1 - power * lowerSeries(a, x) : power * a * upperFraction(a, x);
}

/** 1 + x/(a+1) + x²/((a+1)(a+2)) + ... */
function lowerSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let step = 1; step < MOST_STEPS && term > sum * EPSILON; step++) {
    term *= x / (a + step);
    sum += term;
  }
  return sum;
}

function upperFraction(a: number, x: number): number {
  const first = x + 1 - a;
  return 1 / continuedFraction(first, (step) => ({ above: step * (a - step), below: first + 2 * step }));
}

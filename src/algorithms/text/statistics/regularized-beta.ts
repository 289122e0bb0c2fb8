import { continuedFraction, deviance, stirlingError } from "./saddle-point.ts";

/**
 * Regularized incomplete beta function I(x; a, b), for a, b > 0, to about 1e-12 of its value. `rest` is 1 - x, given
 * apart so that an x very near 1 keeps its digits.
 *
 * Continued fraction (Numerical Recipes, 3rd ed., section 6.4), with the power before it in Loader's saddle-point form.
 * O(sqrt(max(a, b))) steps.
 */
export function regularizedBeta(x: number, rest: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  const n = a + b;
  const binomial =
    Math.exp(
      stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * rest),
    ) * Math.sqrt(n / (2 * Math.PI * a * b));
  const power = (binomial * a * b) / n;
  return x < (a + 1) / (n + 2)
    ? power / (a * betaFraction(x, a, b))
    : 1 - power / (b * betaFraction(rest, b, a));
}

function betaFraction(x: number, a: number, b: number): number {
  return continuedFraction(1, (step) => {
    const m = step >> 1;
    const above =
      step % 2 === 0
        ? (m * (b - m) * x) / ((a + step - 1) * (a + step))
        : (-(a + m) * (a + b + m) * x) / ((a + step - 1) * (a + step));
    return { above, below: 1 };
  });
}

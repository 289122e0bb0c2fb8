/**
 * Pieces of the saddle-point forms of the binomial and Poisson probabilities. Source: C. Loader, "Fast and accurate
 * computation of binomial probabilities" (2000), sections 2 and 3.
 */

const LANCZOS = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
  12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const;

/** ln Γ(x) for x > 0: Lanczos with g = 7 and nine terms, about fifteen digits. */
function logGamma(x: number): number {
  const [first, ...others] = LANCZOS;
  const series = others.reduce<number>((sum, coefficient, index) => sum + coefficient / (x + index), first);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(series);
}

/** What Stirling's formula lacks: ln n! - ln(sqrt(2πn) (n/e)^n), for any n > 0. */
export function stirlingError(n: number): number {
  if (n < 16) return logGamma(n + 1) - (n + 0.5) * Math.log(n) + n - 0.5 * Math.log(2 * Math.PI);
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n;
}

/** x ln(x / mean) + mean - x, without the loss of digits where the two are near each other. */
export function deviance(x: number, mean: number): number {
  const difference = x - mean;
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - difference;
  const v = difference / (x + mean);
  let sum = difference * v;
  let term = 2 * x * v;
  for (let odd = 3; odd < 2000; odd += 2) {
    term *= v * v;
    const next = sum + term / odd;
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

const TINY = 1e-300;
const MOST_STEPS = 100_000;

/**
 * A continued fraction by Lentz's method: first + above(1) / (below(1) + above(2) / (below(2) + ...)).
 * Source: Numerical Recipes, 3rd ed., section 5.2.
 */
export function continuedFraction(
  first: number,
  part: (step: number) => { above: number; below: number },
): number {
  let value = first === 0 ? TINY : first;
  let c = value;
  let d = 0;
  for (let step = 1; step < MOST_STEPS; step++) {
    const { above, below } = part(step);
    d = below + above * d;
    if (Math.abs(d) < TINY) d = TINY;
    d = 1 / d;
    c = below + above / c;
    if (Math.abs(c) < TINY) c = TINY;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return value;
}

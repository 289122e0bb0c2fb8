import type { SeededRandom } from "../anomaly/seeded-random.ts";

/**
 * A random number of Beta(a, b), in 0..1: X / (X + Y) of two gamma variates, by way of their logarithms, so that small
 * parameters give 0 or 1 and never 0 / 0.
 * @param a above 0
 * @param b above 0
 */
export function betaVariate(a: number, b: number, random: SeededRandom): number {
  const x = logGammaVariate(a, random);
  const y = logGammaVariate(b, random);
  return 1 / (1 + Math.exp(y - x));
}

/** Logarithm of a variate of Gamma(shape, 1). G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables", 2000. */
function logGammaVariate(shape: number, random: SeededRandom): number {
  if (shape < 1) return logGammaVariate(shape + 1, random) + Math.log(1 - random.uniform()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - random.uniform();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return Math.log(d * v);
  }
}

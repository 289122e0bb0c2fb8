/** A stream of pseudo-random numbers that one seed fixes. Not for secrets. */
export interface SeededRandom {
  /** Uniform in [0, 1), 32 bits of it. */
  uniform(): number;
  /** Uniform integer in [0, bound). */
  below(bound: number): number;
  /** Standard normal (Box-Muller). */
  normal(): number;
}

/** sfc32 of PractRand (Chris Doty-Humphrey), seeded with one integer; the same numbers on every machine. */
export function seededRandom(seed: number): SeededRandom {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed | 0;
  let counter = Math.floor(seed / 0x1_0000_0000) | 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // Close seeds give close states: let them part before the first number is handed out.
  for (let round = 0; round < 15; round++) next();
  const uniform = () => next() / 0x1_0000_0000;
  return {
    uniform,
    below: (bound) => Math.floor(uniform() * bound),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

/**
 * `count` different integers of [0, total) in random order; all of them, shuffled, when `count` >= total.
 * O(total).
 */
export function sampleWithoutReplacement(total: number, count: number, random: SeededRandom): Int32Array {
  const order = Int32Array.from({ length: total }, (_, index) => index);
  const kept = Math.min(count, total);
  for (let at = 0; at < kept; at++) {
    const from = at + random.below(total - at);
    const taken = order[from] as number;
    order[from] = order[at] as number;
    order[at] = taken;
  }
  return order.slice(0, kept);
}

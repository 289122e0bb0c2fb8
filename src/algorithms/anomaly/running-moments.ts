/** Mean and covariance of vectors that arrive in groups. */
export interface Moments {
  readonly count: number;
  readonly mean: Float64Array;
  /** `[dim, dim]` row-major, divided by count - 1 (zero for a single vector). */
  readonly covariance: Float64Array;
}

/** Collects moments group by group: memory does not grow with their number. */
export class RunningMoments {
  readonly #dim: number;
  #count = 0;
  readonly #mean: Float64Array;
  readonly #scatter: Float64Array;

  constructor(dim: number) {
    this.#dim = dim;
    this.#mean = new Float64Array(dim);
    this.#scatter = new Float64Array(dim * dim);
  }

  /**
   * Adds a group of `count` vectors by its mean `[dim]` and its scatter `[dim, dim]` (sum of the outer products
   * of the deviations from that mean). O(dim^2).
   *
   * Source: Chan, Golub and LeVeque, Updating formulae and a pairwise algorithm for computing sample variances, 1979.
   */
  add(count: number, mean: ArrayLike<number>, scatter: ArrayLike<number>): void {
    const total = this.#count + count;
    const share = (this.#count * count) / total;
    const away = this.#mean.map((known, at) => (mean[at] as number) - known);
    for (let row = 0; row < this.#dim; row++) {
      const factor = share * (away[row] as number);
      for (let column = 0; column < this.#dim; column++) {
        const at = row * this.#dim + column;
        this.#scatter[at] =
          (this.#scatter[at] as number) + (scatter[at] as number) + factor * (away[column] as number);
      }
    }
    for (let at = 0; at < this.#dim; at++)
      this.#mean[at] = (this.#mean[at] as number) + ((away[at] as number) * count) / total;
    this.#count = total;
  }

  /** What was seen so far; the arrays are copies. */
  moments(): Moments {
    const freedom = Math.max(1, this.#count - 1);
    return {
      count: this.#count,
      mean: this.#mean.slice(),
      covariance: this.#scatter.map((value) => value / freedom),
    };
  }
}

/** The source is divided into strips of so many words (a power of two). */
const STRIP_BITS = 5;

/** Runs that are remembered in each. */
const REMEMBERED = 32;

/** The last runs that ended in each strip of the source: where to look for what may stand before the next. */
export class RecentRuns {
  readonly #runs: Int32Array;
  readonly #counts: Int32Array;

  constructor(sourceWords: number) {
    const strips = this.stripOf(sourceWords) + 1;
    this.#runs = new Int32Array(strips * REMEMBERED);
    this.#counts = new Int32Array(strips);
  }

  stripOf(word: number): number {
    return word >> STRIP_BITS;
  }

  /** `end`: behind its last word in the source. */
  remember(run: number, end: number): void {
    const strip = this.stripOf(end);
    this.#runs[strip * REMEMBERED + (this.#counts[strip]! % REMEMBERED)] = run;
    this.#counts[strip]!++;
  }

  /** Runs that are remembered in a strip. */
  countIn(strip: number): number {
    return Math.min(this.#counts[strip]!, REMEMBERED);
  }

  /** The last of them (`back` is 1), the one before (2), ... up to `countIn`. */
  latest(strip: number, back: number): number {
    return this.#runs[strip * REMEMBERED + ((this.#counts[strip]! - back) % REMEMBERED)]!;
  }
}

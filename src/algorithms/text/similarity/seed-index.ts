/**
 * Pairs of places, for each seed of the two texts, that are looked at. What stands in both so often that it exceeds them
 * ("de la") shows nothing by itself, and is found beside what is rare.
 */
const PAIRS_PER_SEED = 4;
const MAX_PAIRS = 2_000_000;

/** A seed that stands m times in one text and n times in the other makes m x n pairs: at most so many. */
const MAX_PAIRS_OF_ONE = 4_096;

/**
 * Where the seeds of one text stand in another; a seed is a 32-bit hash. The rarest come first where there are too many
 * pairs of places. O(seeds of both), whatever they repeat.
 */
export class SeedIndex {
  readonly #mask: number;
  readonly #slotHash: Uint32Array;
  /** First place in the suspicious text, by slot, plus one; 0 where the slot is free. */
  readonly #first: Int32Array;
  /** Next place with the same hash, by place, plus one. */
  readonly #next: Int32Array;
  readonly #timesHere: Int32Array;
  readonly #timesThere: Int32Array;
  /** Slot of each seed of the source, or -1. */
  readonly #slotOf: Int32Array;

  constructor(suspicious: Uint32Array, source: Uint32Array) {
    const slots = 2 ** Math.ceil(Math.log2(2 * suspicious.length + 2));
    this.#mask = slots - 1;
    this.#slotHash = new Uint32Array(slots);
    this.#first = new Int32Array(slots);
    this.#next = new Int32Array(suspicious.length);
    this.#timesHere = new Int32Array(slots);
    this.#timesThere = new Int32Array(slots);
    for (let at = suspicious.length - 1; at >= 0; at--) {
      const slot = this.#slot(suspicious[at]!);
      this.#slotHash[slot] = suspicious[at]!;
      this.#next[at] = this.#first[slot]!;
      this.#first[slot] = at + 1;
      this.#timesHere[slot]!++;
    }
    this.#slotOf = new Int32Array(source.length);
    for (let at = 0; at < source.length; at++) {
      const slot = this.#slot(source[at]!);
      this.#slotOf[at] = this.#first[slot] === 0 ? -1 : slot;
      if (this.#first[slot] !== 0) this.#timesThere[slot]!++;
    }
  }

  /**
   * Pairs of places with the same seed, in the order of the source: of rare seeds all, of others the first with the
   * first, the second with the second, and so on.
   */
  forEachPair(visit: (suspiciousAt: number, sourceAt: number) => void): void {
    const limit = this.#limit();
    const unpaired = this.#first.slice();
    for (let sourceAt = 0; sourceAt < this.#slotOf.length; sourceAt++) {
      const slot = this.#slotOf[sourceAt]!;
      if (slot < 0) continue;
      if (this.#pairsOf(slot) > limit) {
        const next = unpaired[slot]!;
        if (next === 0) continue;
        unpaired[slot] = this.#next[next - 1]!;
        visit(next - 1, sourceAt);
      } else {
        for (let at = this.#first[slot]!; at > 0; at = this.#next[at - 1]!) visit(at - 1, sourceAt);
      }
    }
  }

  /** Most pairs that one seed may make for all of them to stay within what is looked at. */
  #limit(): number {
    const budget = Math.min(MAX_PAIRS, PAIRS_PER_SEED * (this.#next.length + this.#slotOf.length));
    const pairs: number[] = [];
    for (let slot = 0; slot <= this.#mask; slot++)
      if (this.#timesThere[slot]! > 0) pairs.push(this.#pairsOf(slot));
    let limit = MAX_PAIRS_OF_ONE;
    while (limit >= 1 && pairs.reduce((sum, each) => (each > limit ? sum : sum + each), 0) > budget)
      limit /= 2;
    return limit;
  }

  #pairsOf(slot: number): number {
    return this.#timesHere[slot]! * this.#timesThere[slot]!;
  }

  #slot(hash: number): number {
    let slot = hash & this.#mask;
    while (this.#first[slot] !== 0 && this.#slotHash[slot] !== hash) slot = (slot + 1) & this.#mask;
    return slot;
  }
}

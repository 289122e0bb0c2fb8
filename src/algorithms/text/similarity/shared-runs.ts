import { SeedIndex } from "./seed-index.ts";
import { hashShingles } from "./word-hashes.ts";

/** Words in a row that two texts share: a seed of an alignment. */
export interface SharedRuns {
  readonly count: number;
  /** Index of the run's first word in each text. */
  readonly suspicious: Int32Array;
  readonly source: Int32Array;
  /** Words. */
  readonly lengths: Int32Array;
}

/** Words of a seed: what is shared word by word means nothing. Source: spec/integrity.md section 3a. */
const SEED_WORDS = 2;

/** Long runs are cut into pieces, so that the ends of two runs that follow each other are never far apart. */
const LONGEST_RUN = 8;

/** Runs of two words and more, whole, in no order. O(words of both), whatever they repeat. */
export function findSharedRuns(suspicious: Uint32Array, source: Uint32Array): SharedRuns {
  const seeds = new SeedIndex(hashShingles(suspicious, SEED_WORDS), hashShingles(source, SEED_WORDS));
  const runs = new RunCollector(suspicious, source);
  seeds.forEachPair((at, sourceAt) => runs.add(at, sourceAt));
  return runs.collected();
}

/** Makes runs of pairs: each reaches as far as the texts agree, and is collected once. */
class RunCollector {
  readonly #suspicious: Uint32Array;
  readonly #source: Uint32Array;
  /** For each difference of places: where in the source the last run on it ended. */
  readonly #coveredTo: Int32Array;
  /** Words that may still be compared: texts that agree everywhere in many ways end early. */
  #stepsLeft: number;
  readonly #runs: number[] = [];

  constructor(suspicious: Uint32Array, source: Uint32Array) {
    this.#suspicious = suspicious;
    this.#source = source;
    this.#coveredTo = new Int32Array(suspicious.length + source.length);
    this.#stepsLeft = 64 * this.#coveredTo.length;
  }

  /** Pairs come in the order of the source. */
  add(at: number, sourceAt: number): void {
    const diagonal = at - sourceAt + this.#source.length;
    const covered = this.#coveredTo[diagonal]!;
    if (sourceAt < covered || this.#stepsLeft <= 0) return;
    let from = 0;
    while (sourceAt - from > covered && this.#agrees(at - from - 1, sourceAt - from - 1)) from++;
    let to = 0;
    while (this.#agrees(at + to, sourceAt + to)) to++;
    this.#stepsLeft -= from + to;
    this.#coveredTo[diagonal] = sourceAt + to;
    this.#push(at - from, sourceAt - from, from + to);
  }

  collected(): SharedRuns {
    const count = this.#runs.length / 3;
    const runs = {
      count,
      suspicious: new Int32Array(count),
      source: new Int32Array(count),
      lengths: new Int32Array(count),
    };
    for (let run = 0; run < count; run++) {
      runs.suspicious[run] = this.#runs[3 * run]!;
      runs.source[run] = this.#runs[3 * run + 1]!;
      runs.lengths[run] = this.#runs[3 * run + 2]!;
    }
    return runs;
  }

  #agrees(at: number, sourceAt: number): boolean {
    return (
      at >= 0 &&
      sourceAt >= 0 &&
      at < this.#suspicious.length &&
      sourceAt < this.#source.length &&
      this.#suspicious[at] === this.#source[sourceAt]
    );
  }

  #push(at: number, sourceAt: number, length: number): void {
    if (length < SEED_WORDS) return;
    for (let done = 0; done < length; done += LONGEST_RUN) {
      this.#runs.push(at + done, sourceAt + done, Math.min(LONGEST_RUN, length - done));
    }
  }
}

import type { Chaining } from "./chaining.ts";
import { RecentRuns } from "./recent-runs.ts";
import { matchedIn, type Run } from "./runs.ts";
import type { SharedRuns } from "./shared-runs.ts";

/** Chains of fewer words are chance, and are not worth joining with others. */
const FEWEST_WORDS = 5;

/** What such a chain scores at least where its gaps are short: keeps the mass of chance runs out of the sorting. */
const LEAST_SCORE = 3;

/**
 * Chains of runs that follow each other in both texts, best first; every run is in one chain at most.
 * O(n log n) in the runs: each is compared with a bounded number of those before it.
 *
 * The score of a chain is that of a local alignment with linear gaps (Smith and Waterman 1981), over runs in place of
 * letters; a chain whose score has dropped too far is ended (the X-drop of Altschul and others 1990).
 */
export function chainRuns(
  runs: SharedRuns,
  suspiciousWords: number,
  sourceWords: number,
  chaining: Chaining,
): Run[][] {
  const order = orderByEnd(runs, suspiciousWords);
  return takeChains(runs, scoreChains(runs, order, sourceWords, chaining));
}

/** Indices of runs by where they end in the suspicious text. O(runs + words): a counting sort. */
function orderByEnd({ count, suspicious, lengths }: SharedRuns, words: number): Int32Array {
  const startOf = new Int32Array(words + 2);
  for (let run = 0; run < count; run++) startOf[suspicious[run]! + lengths[run]! + 1]!++;
  for (let end = 1; end < startOf.length; end++) startOf[end]! += startOf[end - 1]!;
  const order = new Int32Array(count);
  for (let run = 0; run < count; run++) order[startOf[suspicious[run]! + lengths[run]!]!++] = run;
  return order;
}

interface ScoredRuns {
  /** Of the best chain that ends with the run. */
  readonly scores: Float32Array;
  /** The best score on the way there. */
  readonly peaks: Float32Array;
  /** The run before it in that chain, or -1. */
  readonly previous: Int32Array;
}

function scoreChains(
  runs: SharedRuns,
  order: Int32Array,
  sourceWords: number,
  chaining: Chaining,
): ScoredRuns {
  const scored: ScoredRuns = {
    scores: new Float32Array(runs.count),
    peaks: new Float32Array(runs.count),
    previous: new Int32Array(runs.count).fill(-1),
  };
  const recent = new RecentRuns(sourceWords);
  for (const run of order) {
    scoreRun(run, runs, scored, recent, chaining);
    recent.remember(run, runs.source[run]! + runs.lengths[run]!);
  }
  return scored;
}

/** Finds the best run to stand before `run`, of those that end a little before it in both texts. */
function scoreRun(
  run: number,
  { suspicious, source, lengths }: SharedRuns,
  { scores, peaks, previous }: ScoredRuns,
  recent: RecentRuns,
  { gapWords, gapCost, maxDrop }: Chaining,
): void {
  const at = suspicious[run]!;
  const sourceAt = source[run]!;
  const length = lengths[run]!;
  let best = length * (1 - gapCost);
  let peak = best;
  const lastStrip = recent.stripOf(sourceAt + length - 1);
  for (let strip = recent.stripOf(Math.max(0, sourceAt - gapWords)); strip <= lastStrip; strip++) {
    for (let back = 1; back <= recent.countIn(strip); back++) {
      const before = recent.latest(strip, back);
      const end = suspicious[before]! + lengths[before]!;
      if (end < at - gapWords) break;
      const sourceEnd = source[before]! + lengths[before]!;
      const shared = Math.max(0, end - at, sourceEnd - sourceAt);
      const gap = Math.max(at - end, sourceAt - sourceEnd) + shared;
      const lowest = scores[before]! - gapCost * gap;
      if (shared >= length || gap > gapWords || lowest < peaks[before]! - maxDrop) continue;
      const score = lowest + (length - shared) * (1 - gapCost);
      if (score <= best) continue;
      best = score;
      peak = Math.max(score, peaks[before]!);
      previous[run] = before;
    }
  }
  scores[run] = best;
  peaks[run] = peak;
}

/** Chains from their best ends back, to where they begin or meet one that was taken already. */
function takeChains(runs: SharedRuns, scored: ScoredRuns): Run[][] {
  const taken = new Uint8Array(runs.count);
  const chains: Run[][] = [];
  for (const last of bestEnds(scored)) {
    const chain: Run[] = [];
    for (let run = last; run >= 0 && taken[run] === 0; run = scored.previous[run]!) {
      taken[run] = 1;
      chain.push(withoutShared(run, scored.previous[run]!, runs));
    }
    if (matchedIn(chain) >= FEWEST_WORDS) chains.push(chain.reverse());
  }
  return chains;
}

/** Runs behind which their chain only loses, best first. */
function bestEnds({ scores, previous }: ScoredRuns): number[] {
  const surpassed = new Uint8Array(scores.length);
  for (let run = 0; run < scores.length; run++) {
    const before = previous[run]!;
    if (before >= 0 && scores[run]! > scores[before]!) surpassed[before] = 1;
  }
  const ends: number[] = [];
  for (let run = 0; run < scores.length; run++) {
    if (surpassed[run] === 0 && scores[run]! >= LEAST_SCORE) ends.push(run);
  }
  return ends.sort((a, b) => scores[b]! - scores[a]!);
}

/** A run without its first words that lie in the one before it, on either side. */
function withoutShared(run: number, before: number, { suspicious, source, lengths }: SharedRuns): Run {
  const shared =
    before < 0
      ? 0
      : Math.max(
          0,
          suspicious[before]! + lengths[before]! - suspicious[run]!,
          source[before]! + lengths[before]! - source[run]!,
        );
  return {
    suspicious: suspicious[run]! + shared,
    source: source[run]! + shared,
    words: lengths[run]! - shared,
  };
}

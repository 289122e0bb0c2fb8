/** What a threshold does to labelled scores: a score above it is "ng". */
export interface Confusion {
  /** Bad ones that were found. */
  readonly truePositives: number;
  /** Bad ones that were missed. */
  readonly falseNegatives: number;
  /** False alarms. */
  readonly falsePositives: number;
  readonly trueNegatives: number;
}

/** O(n). */
export function confusionAt(threshold: number, ok: readonly number[], ng: readonly number[]): Confusion {
  const above = (scores: readonly number[]) => scores.filter((score) => score > threshold).length;
  const [falsePositives, truePositives] = [above(ok), above(ng)];
  return {
    truePositives,
    falseNegatives: ng.length - truePositives,
    falsePositives,
    trueNegatives: ok.length - falsePositives,
  };
}

/** Precision's and recall's harmonic mean, 0..1; 0 where nothing bad was found. */
export function f1Of({ truePositives, falseNegatives, falsePositives }: Confusion): number {
  return truePositives === 0
    ? 0
    : (2 * truePositives) / (2 * truePositives + falseNegatives + falsePositives);
}

export interface BestF1 {
  /** Half-way between the two scores that it parts. */
  readonly threshold: number;
  readonly f1: number;
}

/**
 * The threshold with the greatest F1; among equal ones the highest, which has the fewest false alarms. Finite scores.
 * The same maximum as over scikit-learn's `precision_recall_curve`. O(n log n).
 *
 * @returns null where one of the two is empty.
 */
export function bestF1(ok: readonly number[], ng: readonly number[]): BestF1 | null {
  if (ok.length === 0 || ng.length === 0) return null;
  const scores = [
    ...ok.map((score) => ({ score, isNg: false })),
    ...ng.map((score) => ({ score, isNg: true })),
  ].sort((a, b) => b.score - a.score);
  let best: BestF1 = { threshold: Number.POSITIVE_INFINITY, f1: -1 };
  let [truePositives, falsePositives] = [0, 0];
  for (const [at, { score, isNg }] of scores.entries()) {
    if (isNg) truePositives++;
    else falsePositives++;
    const next = scores[at + 1]?.score;
    if (next === score) continue;
    const f1 = f1Of({
      truePositives,
      falseNegatives: ng.length - truePositives,
      falsePositives,
      trueNegatives: ok.length - falsePositives,
    });
    if (f1 > best.f1) best = { threshold: next === undefined ? justBelow(score) : between(next, score), f1 };
  }
  return best;
}

/** A number x with `low <= x < high`: the middle, unless rounding puts it on `high`. */
function between(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  return middle < high ? middle : low;
}

function justBelow(score: number): number {
  return score - Math.max(Math.abs(score), Number.MIN_VALUE) * 1e-9 - Number.MIN_VALUE;
}

/**
 * The lowest threshold that at most a share of the good scores lies above. With fewer than 1/rate scores it is their
 * maximum: they cannot tell a smaller share from none. O(n log n).
 *
 * @param rate 0 <= rate < 1.
 * @returns null without scores.
 */
export function thresholdForFalseAlarms(ok: readonly number[], rate: number): number | null {
  // a share like 0.07 of 100 is 7, not 6.99
  const allowed = Math.floor(rate * ok.length + 1e-9);
  return ok.toSorted((a, b) => b - a)[allowed] ?? null;
}

export interface Histogram {
  /** `bins + 1` edges from the least to the greatest score. */
  readonly edges: readonly number[];
  readonly ok: readonly number[];
  readonly ng: readonly number[];
}

/** Counts in equal bins over both classes, as `numpy.histogram`: the last bin includes its upper edge. O(n + bins). */
export function scoreHistogram(ok: readonly number[], ng: readonly number[], bins: number): Histogram | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const scores of [ok, ng])
    for (const score of scores) {
      low = Math.min(low, score);
      high = Math.max(high, score);
    }
  if (low > high) return null;
  if (low === high) [low, high] = [low - 0.5, high + 0.5]; // NumPy's way
  const edges = Array.from({ length: bins + 1 }, (_, at) =>
    at === bins ? high : low + ((high - low) * at) / bins,
  );
  const counted = (scores: readonly number[]) => {
    const counts = new Array<number>(bins).fill(0);
    for (const score of scores) {
      let bin = Math.min(bins - 1, Math.max(0, Math.floor(((score - low) / (high - low)) * bins)));
      if (score < (edges[bin] as number))
        bin--; // rounding: the edges decide
      else if (bin < bins - 1 && score >= (edges[bin + 1] as number)) bin++;
      counts[bin] = (counts[bin] as number) + 1;
    }
    return counts;
  };
  return { edges, ok: counted(ok), ng: counted(ng) };
}

import type { Candidates } from "./candidates.ts";
import type { Nearest } from "./nearest.ts";

/** What the candidates say about each region. */
export interface Votes {
  /** Weight of each of the nearest candidates: the shape of {@link Nearest.rows}. */
  readonly weights: Float32Array;
  /** `[regions, labels] row-major`, rows sum to 1. */
  readonly beliefs: Float32Array;
  /** 0..1: how like the best candidate is. */
  readonly likeness: Float32Array;
}

/** Belief that a region has a colour that no neighbour voted for. */
const DOUBT = 0.02;

/** Votes of the nearest candidates, by how near they are. O(regions x candidates each). */
export function votesOf(nearest: Nearest, candidates: Candidates): Votes {
  const { perQuery, rows, distances } = nearest;
  const regions = rows.length / perQuery;
  const labels = candidates.shares.length;
  const weights = new Float32Array(rows.length);
  const beliefs = new Float32Array(regions * labels).fill(DOUBT / labels);
  const likeness = new Float32Array(regions);
  const usual = usualDistance(nearest);
  for (let region = 0; region < regions; region++) {
    const from = region * perQuery;
    const best = distances[from] as number;
    likeness[region] = Math.exp(-best / (3 * usual + 1e-9));
    let total = 0;
    for (let at = from; at < from + perQuery; at++) {
      const row = rows[at] as number;
      if (row < 0) continue;
      const weight =
        Math.exp(-((distances[at] as number) - best) / (0.7 * usual + 1e-9)) *
        (candidates.weights[row] as number);
      weights[at] = weight;
      total += weight;
    }
    for (let at = from; at < from + perQuery; at++) {
      const row = rows[at] as number;
      if (row < 0) continue;
      const slot = region * labels + (candidates.labels[row] as number);
      weights[at] = (weights[at] as number) / total;
      beliefs[slot] = (beliefs[slot] as number) + (1 - DOUBT) * (weights[at] as number);
    }
  }
  return { weights, beliefs, likeness };
}

/** The median of the distances to each query's nearest row. */
export function usualDistance({ distances, perQuery }: Nearest): number {
  const best = distances.filter((_, at) => at % perQuery === 0).sort();
  const middle = best[best.length >> 1] ?? 1;
  return Number.isFinite(middle) ? middle : 1;
}

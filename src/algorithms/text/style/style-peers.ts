import type { Deviations } from "./style-deviations.ts";

/** What other stretches of the same length deviate: sums, so that some can be taken out again. */
export interface Peers {
  /** Stretches; overlapping ones count in part. */
  readonly count: number;
  /** Sum of squared deviations of each feature. */
  readonly squares: Float64Array;
  readonly profileSum: number;
  readonly profileSquares: number;
}

export function noPeers(features: number): Peers {
  return { count: 0, squares: new Float64Array(features), profileSum: 0, profileSquares: 0 };
}

/** What one stretch adds to the peers of another. */
export function peersOf({ features, profile }: Deviations): Peers {
  return {
    count: 1,
    squares: features.map((deviation) => deviation * deviation),
    profileSum: profile,
    profileSquares: profile * profile,
  };
}

export function addPeers(a: Peers, b: Peers, times: number): Peers {
  return {
    count: a.count + times * b.count,
    squares: a.squares.map((square, feature) => square + times * b.squares[feature]!),
    profileSum: a.profileSum + times * b.profileSum,
    profileSquares: a.profileSquares + times * b.profileSquares,
  };
}

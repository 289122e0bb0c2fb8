import { type Deviations, deviate } from "./style-deviations.ts";
import { measurableFeatures, type StyleDistance, styleDistance } from "./style-distance.ts";
import { addPeers, noPeers, type Peers, peersOf } from "./style-peers.ts";
import { between, minus, type StyleSums } from "./style-sums.ts";

/** Consecutive segments, measured against all others of the document. */
export interface Stretch extends StyleDistance {
  /** Segments `first` up to, not including, `last`. */
  readonly first: number;
  readonly last: number;
}

/** Segments that are looked at together: one alone is mostly chance, half a document has no rest to differ from. */
const SIZES = [2, 3, 4, 6];
const SHARE = 3;

/** Lengths of stretches, in segments, for a document of so many. */
export function stretchSizes(segments: number): number[] {
  const sizes = SIZES.filter((size) => size * SHARE <= segments);
  return sizes.length > 0 ? sizes : [1];
}

/**
 * Every stretch of every length.
 *
 * @param prefix sums before each segment and after the last, of at least two segments.
 * Complexity: O(segments x features).
 */
export function measureStretches(prefix: readonly StyleSums[]): Stretch[] {
  return stretchSizes(prefix.length - 1).flatMap((size) => measureSize(prefix, size));
}

function measureSize(prefix: readonly StyleSums[], size: number): Stretch[] {
  const whole = prefix.at(-1)!;
  const deviations = Array.from({ length: prefix.length - size }, (_, first) => {
    const stretch = between(prefix, first, first + size);
    return deviate(stretch, minus(whole, stretch));
  });
  const measurable = measurableFeatures(whole, deviations[0]!.features.length);
  const running = runningPeers(deviations);
  return deviations.map((own, first) => ({
    ...styleDistance(own, withoutNeighbours(running, first, size), measurable),
    first,
    last: first + size,
  }));
}

/** Peers before each stretch, and after the last. */
function runningPeers(all: readonly Deviations[]): Peers[] {
  const running = [noPeers(all[0]!.features.length)];
  for (const deviations of all) running.push(addPeers(running.at(-1)!, peersOf(deviations), 1));
  return running;
}

/** Stretches that share no segment with the one at `first`; as each segment lies in `size` of them, each counts in part. */
function withoutNeighbours(running: readonly Peers[], first: number, size: number): Peers {
  const last = running.length - 1;
  const from = Math.max(0, first - size + 1);
  const to = Math.min(last, first + size);
  const others = addPeers(running[last]!, addPeers(running[to]!, running[from]!, -1), -1);
  return addPeers(noPeers(others.squares.length), others, 1 / size);
}

import type { Correspondence } from "../correspondence/correspondences.ts";
import type { ReferenceRegions } from "../port.ts";
import { panelsOfRegions } from "../segmentation/panels.ts";
import type { Segmentation } from "../segmentation/segment.ts";
import type { Superpixels } from "../segmentation/superpixels.ts";
import type { Candidates } from "./candidates.ts";
import { type Heard, heardAt } from "./heard-correspondences.ts";
import type { Nearest } from "./nearest.ts";
import { type RegionsNear, regionsNear } from "./regions-near.ts";
import { usualDistance, type Votes } from "./votes.ts";

/** Regions of the references that vote at most for a region of the page. */
const VOTERS = 12;

interface CastVotes {
  readonly votes: Votes;
  /** Whom they come from. */
  readonly nearest: Nearest;
}

/** Votes with those of the corresponding regions. */
interface JointVotes extends CastVotes {
  /** 0..1: how certain it is which place of a reference each region corresponds to. */
  readonly certainty: Float32Array;
}

/**
 * Lets those of the references' regions vote that lie where a region of the page corresponds to. As much as the
 * correspondence is certain they take the place of those that only look alike. O(regions of the page x (correspondences +
 * regions of the references)), where there are correspondences.
 *
 * @param rows `[regions, projection.to]` how the page's regions look
 */
export function withCorrespondingVotes(
  plain: CastVotes,
  { regions, graph }: Segmentation,
  rows: Float32Array,
  candidates: Candidates,
  reference: ReferenceRegions,
  found: readonly Correspondence[],
): JointVotes {
  const joint = { ...widened(plain, VOTERS), certainty: new Float32Array(regions.count) };
  if (found.length === 0) return { ...plain, certainty: joint.certainty };
  const usual = Math.max(1e-9, usualDistance(plain.nearest));
  const panels = panelsOfRegions(graph);
  const placed = found.map((one) => ({ ...one, panel: panels[middleRegion(regions, one)] as number }));
  const near = regionsNear(reference);
  for (let region = 0; region < regions.count; region++) {
    const place = { x: regions.xs[region] as number, y: regions.ys[region] as number };
    const heard = heardAt(place, panels[region] as number, placed);
    if (heard.length === 0) continue;
    const weights = weightsOfVoters(heard, near, (row) =>
      Math.exp(-distanceBetween(rows, region, candidates, row) / usual),
    );
    const certainty = Math.max(...heard.map((one) => one.certainty));
    letVote(joint, region, weights, certainty, candidates);
  }
  return joint;
}

/** The region whose middle is nearest to the middle of a correspondence's square on the page. */
function middleRegion({ xs, ys, count }: Superpixels, { x, y, side }: Correspondence): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let region = 0; region < count; region++) {
    const squared =
      ((xs[region] as number) - x - side / 2) ** 2 + ((ys[region] as number) - y - side / 2) ** 2;
    if (squared >= least) continue;
    least = squared;
    nearest = region;
  }
  return nearest;
}

/** The same votes with room for as many more a region. */
function widened({ votes, nearest }: CastVotes, more: number) {
  const regions = votes.likeness.length;
  const perQuery = nearest.perQuery + more;
  const rows = new Int32Array(regions * perQuery).fill(-1);
  const distances = new Float32Array(rows.length).fill(Number.POSITIVE_INFINITY);
  const weights = new Float32Array(rows.length);
  for (let region = 0; region < regions; region++) {
    const from = region * nearest.perQuery;
    const to = from + nearest.perQuery;
    rows.set(nearest.rows.subarray(from, to), region * perQuery);
    distances.set(nearest.distances.subarray(from, to), region * perQuery);
    weights.set(votes.weights.subarray(from, to), region * perQuery);
  }
  return {
    votes: { weights, beliefs: votes.beliefs.slice(), likeness: votes.likeness.slice() },
    nearest: { perQuery, rows, distances },
  };
}

/** How much each of the references' regions has to say: the nearer to a place that is heard of, and the more alike. */
function weightsOfVoters(
  heard: readonly Heard[],
  near: RegionsNear,
  likeness: (row: number) => number,
): ReadonlyMap<number, number> {
  const weights = new Map<number, number>();
  for (const one of heard)
    near(one.reference, one, (row, squared) => {
      const weight = one.certainty * Math.exp((-2 * squared) / (one.reach * one.reach));
      weights.set(row, (weights.get(row) ?? 0) + weight);
    });
  for (const [row, weight] of weights) weights.set(row, weight * likeness(row));
  return weights;
}

function letVote(
  { votes, nearest: { perQuery, rows }, certainty: certainties }: JointVotes,
  region: number,
  voters: ReadonlyMap<number, number>,
  certainty: number,
  { labels, shares }: Candidates,
): void {
  const chosen = [...voters].sort(([a, one], [b, other]) => other - one || a - b).slice(0, VOTERS);
  const total = chosen.reduce((sum, [, weight]) => sum + weight, 0);
  if (total <= 0) return;
  const [first, firstBelief] = [region * perQuery, region * shares.length];
  for (let at = first; at < first + perQuery; at++)
    votes.weights[at] = (votes.weights[at] as number) * (1 - certainty);
  for (let at = firstBelief; at < firstBelief + shares.length; at++)
    votes.beliefs[at] = (votes.beliefs[at] as number) * (1 - certainty);
  for (const [index, [row, weight]] of chosen.entries()) {
    const share = (certainty * weight) / total;
    const at = first + perQuery - VOTERS + index;
    rows[at] = row;
    votes.weights[at] = share;
    const belief = firstBelief + (labels[row] as number);
    votes.beliefs[belief] = (votes.beliefs[belief] as number) + share;
  }
  certainties[region] = certainty;
  votes.likeness[region] = Math.max(votes.likeness[region] as number, certainty);
}

function distanceBetween(
  rows: Float32Array,
  region: number,
  { rows: theirs, projection }: Candidates,
  row: number,
): number {
  const size = projection.to;
  let distance = 0;
  for (let axis = 0; axis < size; axis++)
    distance += ((rows[region * size + axis] as number) - (theirs[row * size + axis] as number)) ** 2;
  return distance;
}

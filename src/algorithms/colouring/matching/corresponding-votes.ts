import { type Correspondence, placeOnReference } from "../correspondence/correspondences.ts";
import type { ReferenceRegions } from "../port.ts";
import type { Superpixels } from "../segmentation/superpixels.ts";
import type { Candidates } from "./candidates.ts";
import type { Nearest } from "./nearest.ts";
import { usualDistance, type Votes } from "./votes.ts";

/** Correspondences that a region listens to, the most certain first, and regions of the reference that vote at most. */
const HEARD = 6;
const VOTERS = 12;
/** How far, in sides of a square of a reference, a region may lie from where it corresponds to. */
const REACH = 0.16;
/** Up to which share of its half side a square is sure of its places. */
const SURE = 0.8;

interface Voter {
  readonly row: number;
  weight: number;
}

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
 * correspondence is certain they take the place of those that only look alike. O(regions of the page x of the
 * references), where there are correspondences.
 *
 * @param rows `[regions, projection.to]` how the page's regions look
 */
export function withCorrespondingVotes(
  plain: CastVotes,
  regions: Superpixels,
  rows: Float32Array,
  candidates: Candidates,
  reference: ReferenceRegions,
  found: readonly Correspondence[],
): JointVotes {
  const certainties = new Float32Array(regions.count);
  if (found.length === 0) return { ...plain, certainty: certainties };
  const joint = { ...widened(plain, VOTERS), certainty: certainties };
  const usual = Math.max(1e-9, usualDistance(plain.nearest));
  for (let region = 0; region < regions.count; region++) {
    const place = { x: regions.xs[region] as number, y: regions.ys[region] as number };
    const heard = found.filter((one) => contains(one, place)).slice(0, HEARD);
    if (heard.length === 0) continue;
    const voters = new Map<number, Voter>();
    let certainty = 0;
    for (const one of heard) {
      const weight = one.certainty * centrality(one, place);
      certainty = Math.max(certainty, weight);
      addVoters(voters, one, weight, placeOnReference(one, place), reference, (row) =>
        Math.exp(-distanceBetween(rows, region, candidates, row) / usual),
      );
    }
    letVote(joint, region, [...voters.values()], certainty, candidates);
  }
  return joint;
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

function contains(
  { x, y, side }: Correspondence,
  place: { readonly x: number; readonly y: number },
): boolean {
  return place.x >= x && place.x < x + side && place.y >= y && place.y < y + side;
}

/** 1 in the middle of a square, less towards its sides. */
function centrality(
  { x, y, side }: Correspondence,
  place: { readonly x: number; readonly y: number },
): number {
  const out = 2 * Math.max(Math.abs((place.x - x) / side - 0.5), Math.abs((place.y - y) / side - 0.5));
  return Math.min(1, 0.2 + (1 - out) / (1 - SURE));
}

function addVoters(
  voters: Map<number, Voter>,
  { reference: picture, toSide }: Correspondence,
  weight: number,
  place: { readonly x: number; readonly y: number },
  { xs, ys, firsts }: ReferenceRegions,
  likeness: (row: number) => number,
): void {
  const reach = REACH * toSide;
  const end = firsts[picture + 1] ?? xs.length;
  for (let row = firsts[picture] as number; row < end; row++) {
    const squared = ((xs[row] as number) - place.x) ** 2 + ((ys[row] as number) - place.y) ** 2;
    if (squared > reach * reach) continue;
    const voter = voters.get(row) ?? { row, weight: 0 };
    voter.weight += weight * Math.exp((-2 * squared) / (reach * reach)) * likeness(row);
    voters.set(row, voter);
  }
}

function letVote(
  { votes, nearest: { perQuery, rows }, certainty: certainties }: JointVotes,
  region: number,
  voters: readonly Voter[],
  certainty: number,
  { labels, shares }: Candidates,
): void {
  const chosen = [...voters].sort((a, b) => b.weight - a.weight || a.row - b.row).slice(0, VOTERS);
  const total = chosen.reduce((sum, { weight }) => sum + weight, 0);
  if (total <= 0) return;
  const [first, firstBelief] = [region * perQuery, region * shares.length];
  for (let at = first; at < first + perQuery; at++)
    votes.weights[at] = (votes.weights[at] as number) * (1 - certainty);
  for (let at = firstBelief; at < firstBelief + shares.length; at++)
    votes.beliefs[at] = (votes.beliefs[at] as number) * (1 - certainty);
  for (const [index, { row, weight }] of chosen.entries()) {
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

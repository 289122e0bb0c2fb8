import { type Correspondence, placeOnReference } from "../correspondence/correspondences.ts";

/** What a correspondence says about a place of the page. */
export interface Heard {
  /** Index of the reference, and the place there in pixels of its view. */
  readonly reference: number;
  readonly x: number;
  readonly y: number;
  /** How far from there, in pixels, what corresponds to the place may lie. */
  readonly reach: number;
  /** 0..1 */
  readonly certainty: number;
}

/** A correspondence and the panel of the page that the middle of its square lies in. */
export interface PlacedCorrespondence extends Correspondence {
  readonly panel: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Correspondences that are listened to at one place. */
const HEARD = 6;
/** How far, in sides of a square of a reference, a place may lie from where it corresponds to. */
const REACH = 0.16;
/** Up to which share of its half side a square is sure of its places. */
const SURE = 0.8;
/** How far beyond a square, in sides, its figure may go on, */
const BEYOND = 2;
/** where it is no longer drawn alike: places are good to this, in sides, and a square is so much as certain at its side. */
const REACH_BEYOND = 0.5;
const CERTAINTY_BEYOND = 0.6;

/**
 * What those correspondences say that contain a place, the most certain ones; where none does, those nearest to it in
 * the same panel: a figure goes on beyond what was found of it. O(correspondences).
 *
 * @param found the most certain first
 */
export function heardAt(
  place: Place,
  panel: number,
  found: readonly PlacedCorrespondence[],
): readonly Heard[] {
  const inside: Heard[] = [];
  const beyond: { readonly one: Correspondence; readonly out: number }[] = [];
  for (const one of found) {
    const out = outsideOf(one, place);
    if (out <= 0) inside.push(heard(one, place, REACH, centrality(out)));
    else if (out < BEYOND && one.panel === panel) beyond.push({ one, out });
    if (inside.length === HEARD) return inside;
  }
  if (inside.length > 0) return inside;
  return beyond
    .sort((a, b) => a.out - b.out)
    .slice(0, HEARD)
    .map(({ one, out }) => heard(one, place, REACH_BEYOND, CERTAINTY_BEYOND * (1 - out / BEYOND)));
}

/** How far a place lies beyond a square's sides, in sides; below 0 inside, -0.5 in the middle. */
function outsideOf({ x, y, side }: Correspondence, place: Place): number {
  return Math.max(Math.abs((place.x - x) / side - 0.5), Math.abs((place.y - y) / side - 0.5)) - 0.5;
}

/** 1 in the middle of a square, less towards its sides. */
function centrality(out: number): number {
  return Math.min(1, 0.2 - (2 * out) / (1 - SURE));
}

function heard(one: Correspondence, place: Place, reach: number, share: number): Heard {
  return {
    reference: one.reference,
    ...placeOnReference(one, place),
    reach: reach * one.toSide,
    certainty: one.certainty * share,
  };
}

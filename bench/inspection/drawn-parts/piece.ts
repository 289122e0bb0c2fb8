import type { SeededRandom } from "../../../src/algorithms/anomaly/seeded-random.ts";

/** Red, green and blue, 0..255; pieces may hand the same array out again and again. */
export type Colour = readonly [red: number, green: number, blue: number];

/** One part under the camera. Places are in 224ths of the picture's side, from its middle: -112..112. */
export interface Piece {
  /** The colour of a place, without light and noise. */
  colour(x: number, y: number): Colour;
  /** Whether a place belongs to the part, so that a defect may lie there. */
  isPart(x: number, y: number): boolean;
  /** What shows where a bit of the part is missing. */
  readonly backing: Colour;
}

/** How parts of a kind lie under the camera: the most that a picture differs from the next. */
export interface Pose {
  /** Radians. */
  readonly turn: number;
  /** In 224ths of the side. */
  readonly shift: number;
}

export interface PartKind {
  readonly name: string;
  /** A material goes on beyond the picture; a part lies in it as a whole. */
  readonly pose: Pose;
  /**
   * What all pictures of a set have in common (colours, layout) comes from `set`, what is every part's own from the
   * random numbers that the returned function gets.
   */
  make(set: SeededRandom): (own: SeededRandom) => Piece;
}

/** A mount that holds parts well; a table onto which they are laid by hand; a sheet that passes by. */
export const MOUNTED: Pose = { turn: 0.015, shift: 1.5 };
export const LAID: Pose = { turn: 0.1, shift: 4 };
export const PASSING: Pose = { turn: 0.04, shift: 0 };

/** Uniform in [from, to). */
export function between(random: SeededRandom, from: number, to: number): number {
  return from + (to - from) * random.uniform();
}

export function whole(random: SeededRandom): number {
  return random.below(0x7fff_ffff);
}

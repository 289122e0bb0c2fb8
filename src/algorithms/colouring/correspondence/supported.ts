import { type AlikeWindows, middlesOf } from "./find-alike.ts";
import { FINE } from "./sight.ts";

/** Windows that are not less alike than this say something. */
const TELLING = 4.5;
/** What one that says the same adds, for each deviation more than {@link TELLING}; the best of them count. */
const GAIN = 0.4;
const HEARD = 4;
/** How far away they lie, in sides of a window: nearer ones see the same things. */
const NEAREST = 0.4;
const FARTHEST = 1.2;
/** How many times as large they may be, and by how much, in sides, the places that they say may differ. */
const SIZE_STEP = 1.5;
const TOLERANCE = 0.25;

/** Windows that are alike, with how much speaks for it. */
export interface SupportedWindows extends AlikeWindows {
  /** {@link AlikeWindows.likeness}, and more where windows nearby were found as far from one another on the reference. */
  readonly support: number;
}

/**
 * What is alike by chance stands alone; a figure that was found is found in several windows, in its own arrangement.
 * O(found^2), the found ones being hundreds.
 */
export function supported(found: readonly AlikeWindows[]): readonly SupportedWindows[] {
  const telling = found.filter(({ likeness }) => likeness >= TELLING);
  return telling.map((one) => {
    const votes = telling
      .filter((other) => agree(one, other))
      .map(({ likeness }) => likeness - TELLING)
      .sort((a, b) => b - a)
      .slice(0, HEARD);
    return { ...one, support: one.likeness + GAIN * votes.reduce((sum, vote) => sum + vote, 0) };
  });
}

function agree(one: AlikeWindows, other: AlikeWindows): boolean {
  if (one.reference !== other.reference || one.mirrored !== other.mirrored) return false;
  const cell = one.size.fine.cells.side;
  const ratio = other.size.fine.cells.side / cell;
  if (ratio > SIZE_STEP || ratio < 1 / SIZE_STEP) return false;
  const [from, to] = [middlesOf(one), middlesOf(other)];
  const [across, down] = [(to.x - from.x) / cell, (to.y - from.y) / cell];
  const apart = Math.max(Math.abs(across), Math.abs(down)) / FINE;
  if (apart < NEAREST || apart > FARTHEST) return false;
  return Math.hypot(from.u + across - to.u, from.v + down - to.v) <= TOLERANCE * FINE;
}

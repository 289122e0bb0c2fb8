import type { AnalysisView } from "../analysis/analysis-view.ts";
import { findAlike } from "./find-alike.ts";
import { FOUND, grown } from "./grown.ts";
import { FINE, pageSight, type ReferenceSight } from "./sight.ts";
import { type SupportedWindows, supported } from "./supported.ts";

/** A square of a page and the square of a reference that shows the same thing. */
export interface Correspondence {
  /** On the page's view, pixels. */
  readonly x: number;
  readonly y: number;
  readonly side: number;
  /** Index of the reference. */
  readonly reference: number;
  /** On the reference's view, pixels. */
  readonly toX: number;
  readonly toY: number;
  readonly toSide: number;
  readonly mirrored: boolean;
  /** 0..1 */
  readonly certainty: number;
}

/** With more references than this, every other window is looked for. */
const FULLY = 2;
/** Support beyond {@link FOUND} that makes all but certain. */
const MARGIN = 1;

/**
 * Where a page shows what a reference shows: the same figure in about the same pose, of half to double the size, in a
 * mirror too. None where nothing stands out from what is alike by chance. O(page windows x windows of all references).
 */
export function correspondences(
  page: AnalysisView,
  sights: readonly ReferenceSight[],
): readonly Correspondence[] {
  const sizes = pageSight(page);
  const stride = sights.length > FULLY ? 2 : 1;
  const found = sights.flatMap((sight, reference) => findAlike(sizes, sight, reference, stride));
  return grown(supported(found), sights)
    .map((windows) => correspondenceOf(windows, sights))
    .sort((a, b) => b.certainty - a.certainty);
}

function correspondenceOf(
  { size, x, y, u, v, reference, mirrored, support }: SupportedWindows,
  sights: readonly ReferenceSight[],
): Correspondence {
  const { cells } = (sights[reference] as ReferenceSight).plain.fine;
  const { side } = size.fine.cells;
  return {
    x: side * x,
    y: side * y,
    side: side * FINE,
    reference,
    toX: cells.side * (mirrored ? cells.columns - FINE - u : u),
    toY: cells.side * v,
    toSide: cells.side * FINE,
    mirrored,
    certainty: 1 / (1 + Math.exp((FOUND - support) / (MARGIN / 2))),
  };
}

/** The place on the reference of a place on the page, both in pixels of their views. */
export function placeOnReference(
  { x, y, side, toX, toY, toSide, mirrored }: Correspondence,
  place: { readonly x: number; readonly y: number },
): { readonly x: number; readonly y: number } {
  const across = (place.x - x) / side;
  return { x: toX + toSide * (mirrored ? 1 - across : across), y: toY + (toSide * (place.y - y)) / side };
}

import type { AnalysisView } from "../analysis/analysis-view.ts";
import { comparableCells } from "./comparable-cells.ts";
import { enlargedCells, type GradientCells, gradientCells } from "./gradient-cells.ts";
import { mirroredWindows, type Windows, windowsOf } from "./windows.ts";

/** Windows of a drawing at one size: in fine cells, and the same in coarse ones to look through first. */
export interface SizedWindows {
  readonly fine: Windows;
  readonly coarse: Windows;
}

/** A reference as it is looked through: as it is, and in a mirror. Structured-cloneable. */
export interface ReferenceSight {
  readonly plain: SizedWindows;
  readonly mirrored: SizedWindows;
}

/** Side of the smallest cells, in shares of the square root of the drawing's area. */
const SMALLEST = 0.007;
/** In pixels: a small picture shows no more by being cut into finer cells. */
const LEAST_SIDE = 3;
/** Fine and coarse cells along a window's side. */
export const FINE = 16;
/** How many fine cells a coarse one is wide. */
export const COARSER = 4;
/** Sizes of a page's windows in smallest cells; a reference's are of the middle size, so figures may be half or twice as large. */
const SIZES = [1, Math.SQRT2, 2, 2 * Math.SQRT2, 4] as const;
const REFERENCE_SIZE = 2;
/** Share of a window's cells that must show something: one long line, such as a bald head's, is like any other. */
const FILLED = 0.4;
const COARSELY_FILLED = 0.1;

/** O(pixels). */
export function referenceSight(view: AnalysisView): ReferenceSight {
  const plain = sizedWindows(smallestCells(view), REFERENCE_SIZE);
  return { plain, mirrored: { fine: mirroredWindows(plain.fine), coarse: mirroredWindows(plain.coarse) } };
}

/** A page's windows, from the smallest to the largest. O(pixels). */
export function pageSight(view: AnalysisView): readonly SizedWindows[] {
  const cells = smallestCells(view);
  return SIZES.map((size) => sizedWindows(cells, size));
}

function smallestCells(view: AnalysisView): GradientCells {
  return gradientCells(view, Math.max(LEAST_SIDE, SMALLEST * Math.sqrt(view.width * view.height)));
}

function sizedWindows(cells: GradientCells, size: number): SizedWindows {
  return {
    fine: windowsOf(comparableCells(enlargedCells(cells, size)), FINE, FILLED),
    coarse: windowsOf(comparableCells(enlargedCells(cells, size * COARSER)), FINE / COARSER, COARSELY_FILLED),
  };
}

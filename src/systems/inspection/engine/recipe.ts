import type { Border } from "../../../ml/backbones/fb98/grids.ts";

/** The parts of the recipe that a benchmark switches off one by one (spec/inspection.md section 4, points 1 to 5). */
export interface Recipe {
  /** What lies beyond the border when neighbouring cells are averaged. */
  readonly border: Border;
  /** How the bank's patches are chosen from the sample. */
  readonly bank: "greedy" | "random";
  /** Share of the bank's density that is taken off a score; 1 is unsafe, 0 leaves it out. */
  readonly densityWeight: number;
  /** Grids that a fit learns, as far as the preset has them; all of them when null. */
  readonly grids: readonly string[] | null;
}

/**
 * What was measured best (bench/README.md): the fine grid averaged, `coarse`, tells less than it covers up beside that of the
 * picture at half size. Memories of older versions have it, and are scored with it.
 */
export const RECIPE: Recipe = {
  border: "zero",
  bank: "greedy",
  densityWeight: 0.6,
  grids: ["fine", "half", "ridge"],
};

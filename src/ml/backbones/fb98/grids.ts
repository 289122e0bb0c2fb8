import { cast, div, reshape, transpose, type Value } from "../../../graph/index.ts";
import { FB98_DIM, fb98Features, lightness } from "./filter-bank.ts";
import { neighbourMean, padEdges, padZeros, tileMean } from "./filter-steps.ts";
import { RIDGE_DIM, ridgeFeatures } from "./ridge-bank.ts";

/** One grid of patch embeddings as a value of a graph. */
export interface PatchGrid {
  readonly name: string;
  /** Numbers per patch. */
  readonly dim: number;
  /** Principal components that are worth keeping. */
  readonly components: number;
  /** Share of this grid's scores in the heat. */
  readonly weight: number;
  /** `[rows x columns, dim]` float32, row by row. */
  readonly patches: Value;
  readonly rows: number;
  readonly columns: number;
}

/** Zeros that count in a mean, or the border's own values repeated. */
export type Border = "zero" | "replicate";

export interface Fb98Options {
  /** One grid from the picture as it is, instead of the recipe's three. */
  readonly single: boolean;
  /** Adds the bank of ridge filters. */
  readonly ridge: boolean;
  /** What lies beyond the border when neighbours are averaged; `replicate` only to measure the difference. */
  readonly border: Border;
  /** Names of the grids that are wanted; all when null. */
  readonly grids: readonly string[] | null;
}

/**
 * The recipe's grids of one picture: fine (cells of 8 pixels), the same averaged 2 x 2, and that of the picture
 * at half size; each averaged over 3 x 3 cells with zeros beyond the border counted in the mean, so that the
 * border does not decide the image score. With `ridge` a grid of line detectors joins them.
 *
 * @param picture `[height, width, 3]` uint8 RGB; sizes are multiples of 16, with `single` of 8.
 */
export function fb98Grids(picture: Value, { single, ridge, border, grids }: Fb98Options): PatchGrid[] {
  const [height = 0, width = 0] = picture.shape;
  const planes = reshape(transpose(cast(picture, "float32"), [2, 0, 1]), [1, 3, height, width]);
  const full = div(planes, 255);
  const fine = fb98Features(full);
  const found = [patchGrid("fine", fine, FILTERS, border)];
  if (!single) {
    found.push(patchGrid("coarse", tileMean(fine, 2), FILTERS, border));
    found.push(patchGrid("half", fb98Features(tileMean(full, 2)), FILTERS, border));
  }
  if (ridge) found.push(patchGrid("ridge", ridgeFeatures(lightness(full)), RIDGES, border));
  return found.filter(({ name }) => grids === null || grids.includes(name));
}

type BankFacts = Pick<PatchGrid, "dim" | "components" | "weight">;
const FILTERS: BankFacts = { dim: FB98_DIM, components: 64, weight: 1 };
const RIDGES: BankFacts = { dim: RIDGE_DIM, components: 32, weight: 0.5 };

function patchGrid(name: string, features: Value, facts: BankFacts, border: Border): PatchGrid {
  const [, , rows = 0, columns = 0] = features.shape;
  const smooth = neighbourMean(border === "zero" ? padZeros(features, 1) : padEdges(features, 1));
  const patches = reshape(transpose(smooth, [0, 2, 3, 1]), [rows * columns, facts.dim]);
  return { name, patches, rows, columns, ...facts };
}

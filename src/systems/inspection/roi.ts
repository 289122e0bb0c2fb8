import { userError } from "../../platform/errors/quatrain-error.ts";

/** Which model is meant: one memory and one calibration per recipe, model key, role and ROI. */
export interface Roi {
  readonly recipeId: string;
  readonly modelKey: string;
  readonly roleId: string;
  readonly roiId: string;
}

/** Which dataset is meant: model keys share the pictures of their ROI. */
export type DatasetPlace = Omit<Roi, "modelKey">;

export type Label = "ok" | "ng";
export const LABELS: readonly Label[] = ["ok", "ng"];

/**
 * The dataset class that a word names, in any case.
 * @throws QuatrainError `invalid_label` (400)
 */
export function labelOf(word: string): Label {
  const label = word.trim().toLowerCase();
  const known = LABELS.find((candidate) => candidate === label);
  if (known !== undefined) return known;
  throw userError("invalid_label", 400, `label must be ok or ng, not '${label.slice(0, 64)}'`);
}

export const DEFAULT_RECIPE = "default";

const RECIPE_ID = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/**
 * The recipe of a request: the payload's, then the `X-Recipe-Id` header's, then `default`; trimmed and lower-cased.
 * Blank counts as absent. Both are checked even where only one is used.
 * Source: contracts/inspection.md "Recipe resolution precedence", "Reserved recipe ids".
 * @throws QuatrainError `invalid_recipe_id` (400)
 */
export function resolveRecipe(
  payload: string | null | undefined,
  header: string | string[] | undefined,
): string {
  const [fromPayload, fromHeader] = [payload, Array.isArray(header) ? header[0] : header].map(checkedRecipe);
  return fromPayload ?? fromHeader ?? DEFAULT_RECIPE;
}

function checkedRecipe(given: string | null | undefined): string | undefined {
  const recipe = (given ?? "").trim().toLowerCase();
  if (recipe === "") return undefined;
  if (recipe === "last") throw userError("invalid_recipe_id", 400, "recipe_id 'last' is reserved");
  if (RECIPE_ID.test(recipe)) return recipe;
  throw userError(
    "invalid_recipe_id",
    400,
    `Invalid recipe_id '${recipe.slice(0, 64)}': use 1 to 64 of a-z, 0-9, _ and -, starting with a letter or digit`,
  );
}

/** The ROI that a request names; the model's key is the ROI's id unless one is given. */
export function roiOf(
  input: { role_id: string; roi_id: string; recipe_id?: string | null; model_key?: string | null },
  recipeHeader: string | string[] | undefined,
): Roi {
  return {
    recipeId: resolveRecipe(input.recipe_id, recipeHeader),
    modelKey: input.model_key?.trim() ? input.model_key : input.roi_id,
    roleId: input.role_id,
    roiId: input.roi_id,
  };
}

/** Where to look for an artifact when reading: the recipe itself, then `default`. Writing never falls back. */
export function readingOrder<Place extends DatasetPlace>(place: Place): Place[] {
  return place.recipeId === DEFAULT_RECIPE ? [place] : [place, { ...place, recipeId: DEFAULT_RECIPE }];
}

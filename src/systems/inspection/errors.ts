import type { FieldFault } from "../../platform/errors/invalid-input.ts";
import { InvalidInput } from "../../platform/errors/invalid-input.ts";
import type { QuatrainError } from "../../platform/errors/quatrain-error.ts";
import type { ErrorSituation } from "../../platform/http/mounted-system.ts";
import { resolveRecipe } from "./roi.ts";

/** Answered as `{"detail": {...}, "error"}`: what concerns the recipe as a whole. */
const NESTED = new Set(["invalid_recipe_id", "mm_per_px_mismatch"]);

/** Answered as `{"detail": "text"}` first: what FastAPI itself answered. */
const DETAIL_FIRST = new Set([
  "invalid_mm_per_px",
  "invalid_metas",
  "file_not_found",
  "meta_not_found",
  "calibration_not_found",
  "version_not_found",
  "not_found",
  "method_not_allowed",
]);

/**
 * Inspection's error bodies; clients read `error` first, then `detail`, so every body has `error`.
 * Source: spec/inspection.md section 2, "Error bodies".
 */
export function presentInspectionError(error: QuatrainError, situation: ErrorSituation) {
  const echo = { request_id: situation.requestId, recipe_id: recipeOf(situation) };
  const message = error.message;
  return { error: message, ...detailOf(error, echo), code: error.code, ...echo };
}

function detailOf(
  error: QuatrainError,
  echo: { request_id: string; recipe_id: string },
): { detail?: string | object | readonly FieldFault[] } {
  if (error instanceof InvalidInput) return { detail: error.faults };
  if (NESTED.has(error.code)) return { detail: { error: error.message, ...echo } };
  return DETAIL_FIRST.has(error.code) ? { detail: error.message } : {};
}

/** The recipe as far as it can be told: an invalid one is echoed as it came. */
function recipeOf({ fields, headers }: ErrorSituation): string {
  const given = typeof fields.recipe_id === "string" ? fields.recipe_id : undefined;
  try {
    return resolveRecipe(given, headers["x-recipe-id"]);
  } catch {
    return (given ?? String(headers["x-recipe-id"] ?? "")).trim().slice(0, 64);
  }
}

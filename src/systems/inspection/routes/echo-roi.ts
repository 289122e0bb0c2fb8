import type { Roi } from "../roi.ts";

/** The names of a ROI as every answer of ours repeats them. */
export function echoRoi(roi: Roi, requestId: string) {
  return {
    role_id: roi.roleId,
    roi_id: roi.roiId,
    model_key: roi.modelKey,
    request_id: requestId,
    recipe_id: roi.recipeId,
  };
}

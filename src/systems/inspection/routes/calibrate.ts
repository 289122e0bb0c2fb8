import * as contract from "../../../contracts/inspection/index.ts";
import { type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { calibrateDataset } from "../actions/calibrate-dataset.ts";
import { type CalibrateDeps, calibrateScores } from "../actions/calibrate-scores.ts";
import type { InferDatasetDeps } from "../actions/infer-dataset.ts";
import { requireValidScale } from "../mm-per-px.ts";
import { presentCalibration, presentDatasetCalibration } from "../present.ts";
import { roiOf } from "../roi.ts";

/** The contract's default where a calibration names no scale. */
const DEFAULT_MM_PER_PX = 0.2;

/** contracts/inspection.md "POST /calibrate_ng" and "POST /calibrate_dataset". */
export function calibrateRoutes(deps: CalibrateDeps & InferDatasetDeps): BoundRoute[] {
  return [
    route(contract.calibrateNg, async ({ input, headers, requestId }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const calibration = await calibrateScores(deps, {
        roi,
        okScores: input.ok_scores,
        ngScores: input.ng_scores ?? [],
        mmPerPx: input.mm_per_px ?? DEFAULT_MM_PER_PX,
        scorePercentile: input.score_percentile ?? null,
        areaMm2Threshold: input.area_mm2_thr ?? null,
      });
      const model = await deps.reader.findModel(roi);
      return {
        ...presentCalibration(calibration),
        model_key: roi.modelKey,
        model_version: model?.version ?? null,
        request_id: requestId,
        recipe_id: roi.recipeId,
      };
    }),

    route(contract.calibrateDataset, async ({ input, headers, requestId, signal }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const defaultMmPerPx = input.default_mm_per_px ?? null;
      if (defaultMmPerPx !== null) requireValidScale(defaultMmPerPx);
      const outcome = await calibrateDataset(deps, {
        roi,
        scorePercentile: input.score_percentile ?? null,
        areaMm2Threshold: input.area_mm2_thr ?? null,
        defaultMmPerPx,
        requireNg: input.require_ng ?? true,
        signal,
      });
      return {
        ...presentDatasetCalibration(outcome, roi),
        request_id: requestId,
        recipe_id: roi.recipeId,
      };
    }),
  ];
}

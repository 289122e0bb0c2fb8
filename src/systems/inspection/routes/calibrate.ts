import * as contract from "../../../contracts/inspection/index.ts";
import { type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { calibrateDataset } from "../actions/calibrate-dataset.ts";
import { bareScores, type CalibrateDeps, calibrateScores } from "../actions/calibrate-scores.ts";
import type { InferDatasetDeps } from "../actions/infer-dataset.ts";
import { requireValidScale } from "../mm-per-px.ts";
import { presentCalibration, presentDatasetCalibration } from "../present.ts";
import { roiOf } from "../roi.ts";
import { doerOf } from "./doer-of.ts";

/** The contract's default where a calibration names no scale. */
const DEFAULT_MM_PER_PX = 0.2;

/** contracts/inspection.md "POST /calibrate_ng" and "POST /calibrate_dataset". */
export function calibrateRoutes(deps: CalibrateDeps & InferDatasetDeps): BoundRoute[] {
  return [
    route(contract.calibrateNg, async ({ input, headers, requestId, principal }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const model = await deps.reader.findModel(roi);
      const calibration = await calibrateScores(deps, {
        roi,
        scores: [...bareScores("ok", input.ok_scores), ...bareScores("ng", input.ng_scores ?? [])],
        origin: "scores",
        model,
        doer: doerOf(input.operator_id, { principal, requestId }),
        mmPerPx: input.mm_per_px ?? DEFAULT_MM_PER_PX,
        scorePercentile: input.score_percentile ?? null,
        areaMm2Threshold: input.area_mm2_thr ?? null,
      });
      return {
        ...presentCalibration(calibration),
        model_key: roi.modelKey,
        model_version: model?.version ?? null,
        request_id: requestId,
        recipe_id: roi.recipeId,
      };
    }),

    route(contract.calibrateDataset, async ({ input, headers, requestId, principal, signal }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const defaultMmPerPx = input.default_mm_per_px ?? null;
      if (defaultMmPerPx !== null) requireValidScale(defaultMmPerPx);
      const outcome = await calibrateDataset(deps, {
        roi,
        scorePercentile: input.score_percentile ?? null,
        areaMm2Threshold: input.area_mm2_thr ?? null,
        defaultMmPerPx,
        requireNg: input.require_ng ?? true,
        doer: doerOf(input.operator_id, { principal, requestId }),
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

import { calibrate } from "../../../algorithms/anomaly/calibration.ts";
import type { Config } from "../../../platform/config/config.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { Clock } from "../../../platform/ports.ts";
import { requireValidScale } from "../mm-per-px.ts";
import type { Roi } from "../roi.ts";
import type { CalibrationRecord } from "../store/model-record.ts";
import type { InspectionWriter } from "../store/writer.ts";

export interface CalibrateDeps {
  readonly writer: InspectionWriter;
  readonly clock: Clock;
  readonly settings: Config["inspection"];
}

export interface CalibrateRequest {
  readonly roi: Roi;
  readonly okScores: readonly number[];
  readonly ngScores: readonly number[];
  readonly mmPerPx: number;
  /** The setting's when null. */
  readonly scorePercentile: number | null;
  readonly areaMm2Threshold: number | null;
  /** The threshold is raised to this where the scores give a lower one. */
  readonly leastThreshold?: number;
}

/**
 * The threshold between OK and NG scores, stored. Needs no prior fit.
 * Source: contracts/inspection.md "POST /calibrate_ng"; the rule and its goldens: spec/inspection.md section 2.
 * @throws QuatrainError `no_ok_scores`, `scores_too_large` (400)
 */
export async function calibrateScores(
  deps: CalibrateDeps,
  request: CalibrateRequest,
): Promise<CalibrationRecord> {
  requireValidScale(request.mmPerPx);
  const scorePercentile = request.scorePercentile ?? deps.settings.scorePercentile;
  const found = calibrate(request.okScores, request.ngScores, scorePercentile);
  if (found === null) throw userError("no_ok_scores", 400, "Se requiere al menos 1 score OK para calibrar");
  if (!Object.values({ ...found, ngP5: found.ngP5 ?? 0 }).every(Number.isFinite)) {
    throw userError("scores_too_large", 400, "The scores are too large: their mean is no finite number");
  }
  const calibration = {
    roi: request.roi,
    threshold: Math.max(found.threshold, request.leastThreshold ?? Number.NEGATIVE_INFINITY),
    okMean: found.okMean,
    ngMean: found.ngMean,
    okPercentile: found.okPercentile,
    ngPercentile5: found.ngP5,
    mmPerPx: request.mmPerPx,
    areaMm2Threshold: request.areaMm2Threshold ?? deps.settings.areaMm2Threshold,
    scorePercentile,
    createdAt: deps.clock.now(),
  };
  await deps.writer.setCalibration(calibration);
  return calibration;
}

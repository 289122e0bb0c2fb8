import { calibrate } from "../../../algorithms/anomaly/calibration.ts";
import type { Config } from "../../../platform/config/config.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { Doer } from "../audit.ts";
import { requireValidScale } from "../mm-per-px.ts";
import { LABELS, type Label, type Roi } from "../roi.ts";
import type { CalibrationWriter } from "../store/calibration-writer.ts";
import type { CalibrationRecord, ModelRecord } from "../store/model-record.ts";
import type { PictureScore, RunOrigin } from "../store/run-record.ts";

export interface CalibrateDeps {
  readonly calibrations: CalibrationWriter;
  readonly clock: Clock;
  readonly settings: Config["inspection"];
}

export interface CalibrateRequest {
  readonly roi: Roi;
  /** NaN and infinities are dropped. */
  readonly scores: readonly PictureScore[];
  readonly origin: Extract<RunOrigin, "dataset" | "scores">;
  /** The memory that the scores are of, as far as it is known. */
  readonly model: ModelRecord | null;
  readonly doer: Doer;
  readonly mmPerPx: number;
  /** The setting's when null. */
  readonly scorePercentile: number | null;
  readonly areaMm2Threshold: number | null;
  /** The threshold is raised to this where the scores give a lower one. */
  readonly leastThreshold?: number;
}

/** Scores beyond so many are calibrated with and not kept: the report then has the calibration's figures only. */
const MOST_KEPT_SCORES = 100_000;

/**
 * The threshold between OK and NG scores, stored with the scores behind it. Needs no prior fit.
 * Source: contracts/inspection.md "POST /calibrate_ng"; the rule and its goldens: spec/inspection.md section 2.
 * @throws QuatrainError `no_ok_scores`, `scores_too_large` (400)
 */
export async function calibrateScores(
  deps: CalibrateDeps,
  request: CalibrateRequest,
): Promise<CalibrationRecord> {
  requireValidScale(request.mmPerPx);
  const scorePercentile = request.scorePercentile ?? deps.settings.scorePercentile;
  const scores = request.scores.filter(({ score }) => Number.isFinite(score));
  const [ok, ng] = LABELS.map((label) => scoresOf(scores, label)) as [number[], number[]];
  const found = calibrate(ok, ng, scorePercentile);
  if (found === null) throw userError("no_ok_scores", 400, "Se requiere al menos 1 score OK para calibrar");
  if (!Object.values({ ...found, ngP5: found.ngP5 ?? 0 }).every(Number.isFinite)) {
    throw userError("scores_too_large", 400, "The scores are too large: their mean is no finite number");
  }
  const { roi, model, doer, origin } = request;
  const threshold = Math.max(found.threshold, request.leastThreshold ?? Number.NEGATIVE_INFINITY);
  const calibration = {
    roi,
    threshold,
    okMean: found.okMean,
    ngMean: found.ngMean,
    okPercentile: found.okPercentile,
    ngPercentile5: found.ngP5,
    mmPerPx: request.mmPerPx,
    areaMm2Threshold: request.areaMm2Threshold ?? deps.settings.areaMm2Threshold,
    scorePercentile,
    createdAt: deps.clock.now(),
    modelId: model?.id ?? null,
  };
  const modelVersion = model?.version ?? null;
  const run = {
    ...calibration,
    origin,
    modelVersion,
    computedThreshold: threshold,
    okCount: ok.length,
    ngCount: ng.length,
    scores: scores.length > MOST_KEPT_SCORES ? null : scores,
    operatorId: doer.operatorId,
  };
  const runId = await deps.calibrations.add(run, {
    action: origin === "dataset" ? "calibrate_dataset" : "calibrate_ng",
    doer,
    place: roi,
    modelVersion,
    details: { threshold, n_ok: ok.length, n_ng: ng.length, score_percentile: scorePercentile },
  });
  return { ...calibration, runId };
}

/** The scores of one class, in order. */
export function scoresOf(scores: readonly PictureScore[], label: Label): number[] {
  return scores.filter((one) => one.label === label).map(({ score }) => score);
}

/** Scores that came without their pictures. */
export function bareScores(label: Label, scores: readonly number[]): PictureScore[] {
  return scores.map((score) => ({ label, score, filename: null, hash: null, seen: false }));
}

import { auroc } from "../../../algorithms/anomaly/auroc.ts";
import {
  bestF1,
  type Confusion,
  confusionAt,
  type Histogram,
  scoreHistogram,
  thresholdForFalseAlarms,
} from "../../../algorithms/anomaly/threshold-report.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { type Roi, readingOrder } from "../roi.ts";
import type { CalibrationReader } from "../store/calibration-reader.ts";
import type { InspectionReader } from "../store/reader.ts";
import type { CalibrationRun } from "../store/run-record.ts";
import { scoresOf } from "./calibrate-scores.ts";

export interface ReportDeps {
  readonly reader: InspectionReader;
  readonly calibrationReader: CalibrationReader;
}

export interface ReportRequest {
  readonly roi: Roi;
  /** The one in use when null. */
  readonly calibrationId: number | null;
  /** 0 <= rate < 1. */
  readonly falseAlarmRate: number;
  readonly bins: number;
}

interface ThresholdFigures {
  readonly threshold: number;
  readonly confusion: Confusion;
}

export interface CalibrationReport {
  readonly run: CalibrationRun;
  readonly inUse: boolean;
  readonly auroc: number | null;
  readonly confusion: Confusion | null;
  readonly bestF1: ThresholdFigures | null;
  readonly falseAlarm: (ThresholdFigures & { readonly rate: number }) | null;
  readonly histogram: Histogram | null;
  readonly warnings: readonly string[];
}

/**
 * What a calibration is worth on the scores that it was made from; OK pictures count with their leave-one-out scores.
 * @throws QuatrainError `calibration_missing`, `report_missing` (400), `calibration_not_found` (404)
 */
export async function reportCalibration(
  deps: ReportDeps,
  { roi, calibrationId, falseAlarmRate, bins }: ReportRequest,
): Promise<CalibrationReport> {
  const inUse = await deps.reader.findCalibration(roi);
  const run = calibrationId === null ? await runInUse(deps, inUse) : await runById(deps, roi, calibrationId);
  const scores = run.scores ?? [];
  const [ok, ng] = [scoresOf(scores, "ok"), scoresOf(scores, "ng")];
  const best = bestF1(ok, ng);
  const target = thresholdForFalseAlarms(ok, falseAlarmRate);
  const figures = (threshold: number) => ({ threshold, confusion: confusionAt(threshold, ok, ng) });
  return {
    run,
    inUse: inUse?.runId === run.id,
    auroc: auroc(ok, ng),
    confusion: run.scores === null ? null : confusionAt(run.threshold, ok, ng),
    bestF1: best === null ? null : figures(best.threshold),
    falseAlarm: target === null ? null : { rate: falseAlarmRate, ...figures(target) },
    histogram: scoreHistogram(ok, ng, bins),
    warnings: doubts(run, ok, ng, falseAlarmRate),
  };
}

async function runInUse(
  { calibrationReader }: ReportDeps,
  calibration: { readonly roi: Roi; readonly runId: number | null } | null,
): Promise<CalibrationRun> {
  if (calibration === null) throw userError("calibration_missing", 400, "calibration_missing");
  const run =
    calibration.runId === null ? null : await calibrationReader.run(calibration.roi, calibration.runId);
  if (run !== null) return run;
  throw userError(
    "report_missing",
    400,
    "This calibration was made before reports were kept: send /calibrate_dataset again",
  );
}

async function runById({ calibrationReader }: ReportDeps, roi: Roi, id: number): Promise<CalibrationRun> {
  for (const place of readingOrder(roi)) {
    const run = await calibrationReader.run(place, id);
    if (run !== null) return run;
  }
  throw userError(
    "calibration_not_found",
    404,
    `This ROI has no calibration ${id}: GET /calibrations lists them`,
  );
}

function doubts(run: CalibrationRun, ok: readonly number[], ng: readonly number[], rate: number): string[] {
  if (run.scores === null)
    return ["There were too many scores to keep them: the report has the figures only"];
  const doubtful = [];
  if (ng.length === 0)
    doubtful.push("Without NG scores nothing can be said about detection: upload some NG pictures");
  if (rate > 0 && ok.length * rate < 1) {
    doubtful.push(
      `${ok.length} OK scores cannot tell a false-alarm rate of ${rate} from none: that takes ${Math.ceil(1 / rate)}`,
    );
  }
  if (run.scores.some(({ label, seen }) => label === "ok" && seen)) {
    doubtful.push("OK pictures were scored with their own patches in the memory: false alarms look too rare");
  }
  if (run.origin === "scores")
    doubtful.push(
      "The scores came from outside: whether OK pictures were left out of the memory is not known",
    );
  return doubtful;
}

import { DRIFT_WINDOW, type Drift, driftOf } from "../../../algorithms/anomaly/drift.ts";
import { findCalibration } from "../actions/find-calibration.ts";
import type { Roi } from "../roi.ts";
import type { CalibrationReader } from "../store/calibration-reader.ts";
import type { CalibrationRecord, ModelRecord } from "../store/model-record.ts";
import type { InspectionReader } from "../store/reader.ts";
import type { ScoreStore } from "../store/score-store.ts";
import type { ScoreRecorder } from "./score-recorder.ts";

export interface DriftDeps {
  readonly reader: InspectionReader;
  readonly calibrationReader: CalibrationReader;
  readonly scores: ScoreStore;
  readonly recorder: ScoreRecorder;
}

export interface RoiDrift {
  readonly model: ModelRecord | null;
  readonly calibration: CalibrationRecord | null;
  /** Null without memory or calibration. */
  readonly drift: Drift | null;
  /** The scores that it was judged by, newest first. */
  readonly scores: readonly number[];
}

/** The newest scores of a ROI since its calibration, beside the OK scores that it was calibrated with. */
export async function watchDrift(deps: DriftDeps, roi: Roi): Promise<RoiDrift> {
  await deps.recorder.flush();
  const [model, calibration] = await Promise.all([
    deps.reader.findModel(roi),
    findCalibration(deps.reader, roi),
  ]);
  if (model === null || calibration === null) return { model, calibration, drift: null, scores: [] };
  const run =
    calibration.runId === null ? null : await deps.calibrationReader.run(calibration.roi, calibration.runId);
  const references = (run?.scores ?? [])
    .filter(({ label, seen }) => label === "ok" && !seen)
    .map(({ score }) => score);
  const scores = await deps.scores.newest(
    roi,
    model.id,
    run?.createdAt ?? calibration.createdAt,
    DRIFT_WINDOW,
  );
  return { model, calibration, drift: driftOf(scores, references, calibration.threshold), scores };
}

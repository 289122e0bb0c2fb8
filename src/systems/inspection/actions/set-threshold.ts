import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { Doer } from "../audit.ts";
import type { Roi } from "../roi.ts";
import type { CalibrationReader } from "../store/calibration-reader.ts";
import type { CalibrationWriter } from "../store/calibration-writer.ts";
import type { CalibrationRecord } from "../store/model-record.ts";
import type { InspectionReader } from "../store/reader.ts";
import type { ThresholdChange } from "../store/run-record.ts";

export interface ThresholdDeps {
  readonly reader: InspectionReader;
  readonly calibrations: CalibrationWriter;
  readonly calibrationReader: CalibrationReader;
  readonly clock: Clock;
}

/** The threshold in use and how it came to be. */
export interface ThresholdHistory {
  readonly calibration: CalibrationRecord;
  /** Newest first. */
  readonly changes: readonly ThresholdChange[];
}

/** @throws QuatrainError `calibration_missing` (400) */
export async function describeThreshold(
  { reader, calibrationReader }: Pick<ThresholdDeps, "reader" | "calibrationReader">,
  roi: Roi,
  limit: number,
): Promise<ThresholdHistory> {
  const calibration = await reader.findCalibration(roi);
  if (calibration === null) throw userError("calibration_missing", 400, "calibration_missing");
  return { calibration, changes: await calibrationReader.thresholdChanges(calibration.roi, limit) };
}

/**
 * Sets the threshold by hand, in the ROI's own recipe: writing never falls back.
 * @throws QuatrainError `no_own_calibration` (400)
 */
export async function setThreshold(
  { calibrations, clock }: Pick<ThresholdDeps, "calibrations" | "clock">,
  request: {
    readonly roi: Roi;
    readonly threshold: number;
    readonly note: string | null;
    readonly doer: Doer;
  },
): Promise<void> {
  const { roi, threshold, note, doer } = request;
  const event = (from: number, modelVersion: number | null) => ({
    action: "set_threshold" as const,
    doer,
    place: roi,
    modelVersion,
    details: { from, to: threshold, note },
  });
  if ((await calibrations.setThreshold(roi, threshold, note, event, clock.now())) !== null) return;
  throw userError(
    "no_own_calibration",
    400,
    `Recipe '${roi.recipeId}' has no calibration of its own for this ROI: send /calibrate_dataset or /calibrate_ng first`,
  );
}

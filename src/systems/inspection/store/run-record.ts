import type { Selectable } from "kysely";
import type { Label, Roi } from "../roi.ts";
import { type CalibrationRecord, toRoi } from "./model-record.ts";
import type { InspectionTables } from "./tables.ts";

/** One score behind a calibration. */
export interface PictureScore {
  readonly label: Label;
  readonly score: number;
  /** Null for scores that came without their pictures. */
  readonly filename: string | null;
  /** SHA-256 of the picture, hex. */
  readonly hash: string | null;
  /** Scored with its own patches, because the memory has no others: says little about the next good part. */
  readonly seen: boolean;
}

/** What a calibration was made from. */
export type RunOrigin = "dataset" | "scores" | "bundle" | "site";

/** A calibration that is about to be stored. */
export interface NewRun extends Omit<CalibrationRecord, "runId"> {
  readonly origin: RunOrigin;
  readonly modelVersion: number | null;
  readonly computedThreshold: number;
  readonly okCount: number;
  readonly ngCount: number;
  /** Null where there were too many to keep. */
  readonly scores: readonly PictureScore[] | null;
  readonly operatorId: string | null;
}

/** A stored calibration with the scores behind it. */
export interface CalibrationRun extends NewRun {
  readonly id: number;
}

/** Why a threshold is another one. */
export type ThresholdReason = "calibration" | "manual" | "rollback";

export interface ThresholdChange {
  readonly id: number;
  readonly roi: Roi;
  readonly reason: ThresholdReason;
  readonly modelVersion: number | null;
  /** Null for the first one. */
  readonly from: number | null;
  readonly to: number;
  readonly operatorId: string | null;
  readonly actor: string;
  readonly note: string | null;
  readonly at: number;
}

export function toCalibrationRun(
  row: Selectable<InspectionTables["inspection_calibration_runs"]>,
): CalibrationRun {
  return {
    id: row.id,
    roi: toRoi(row),
    origin: row.origin as RunOrigin,
    modelId: row.model_id,
    modelVersion: row.model_version,
    threshold: row.threshold,
    computedThreshold: row.computed_threshold,
    okMean: row.ok_mean,
    ngMean: row.ng_mean,
    okPercentile: row.ok_percentile,
    ngPercentile5: row.ng_percentile_5,
    mmPerPx: row.mm_per_px,
    areaMm2Threshold: row.area_mm2_threshold,
    scorePercentile: row.score_percentile,
    okCount: row.ok_count,
    ngCount: row.ng_count,
    scores: row.scores === null ? null : (JSON.parse(row.scores) as PictureScore[]),
    operatorId: row.operator_id,
    createdAt: row.created_at,
  };
}

export function toThresholdChange(
  row: Selectable<InspectionTables["inspection_threshold_changes"]>,
): ThresholdChange {
  return {
    id: row.id,
    roi: toRoi(row),
    reason: row.reason as ThresholdReason,
    modelVersion: row.model_version,
    from: row.from_threshold,
    to: row.to_threshold,
    operatorId: row.operator_id,
    actor: row.actor,
    note: row.note,
    at: row.created_at,
  };
}

export function runColumns(run: NewRun) {
  return {
    recipe_id: run.roi.recipeId,
    model_key: run.roi.modelKey,
    role_id: run.roi.roleId,
    roi_id: run.roi.roiId,
    origin: run.origin,
    model_version: run.modelVersion,
    computed_threshold: run.computedThreshold,
    ok_count: run.okCount,
    ng_count: run.ngCount,
    scores: run.scores === null ? null : JSON.stringify(run.scores),
    operator_id: run.operatorId,
    ...calibrationColumns(run),
  };
}

/** The columns that the threshold in use and its record have in common. */
export function calibrationColumns(calibration: Omit<CalibrationRecord, "roi" | "runId">) {
  return {
    model_id: calibration.modelId,
    threshold: calibration.threshold,
    ok_mean: calibration.okMean,
    ng_mean: calibration.ngMean,
    ok_percentile: calibration.okPercentile,
    ng_percentile_5: calibration.ngPercentile5,
    mm_per_px: calibration.mmPerPx,
    area_mm2_threshold: calibration.areaMm2Threshold,
    score_percentile: calibration.scorePercentile,
    created_at: calibration.createdAt,
  };
}

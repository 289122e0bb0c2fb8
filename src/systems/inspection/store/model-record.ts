import type { Selectable } from "kysely";
import type { FitSettings } from "../engine/port.ts";
import type { Roi } from "../roi.ts";
import type { InspectionTables } from "./tables.ts";

/** A picture that a memory was fitted on, and the key under which it lay. */
export interface SourcePicture {
  readonly hash: string;
  readonly key: string;
  /** As messages call it. */
  readonly name: string;
}

/** One fitted memory. */
export interface ModelRecord {
  readonly id: number;
  readonly roi: Roi;
  readonly version: number;
  readonly engineId: string;
  readonly fileKey: string;
  readonly embeddingCount: number;
  readonly coresetSize: number;
  readonly tokenShape: readonly [number, number];
  readonly coresetRate: number;
  readonly sources: readonly SourcePicture[];
  readonly mmPerPx: number;
  readonly operatorId: string | null;
  readonly createdAt: number;
  /** How it was fitted; null where that is not known. */
  readonly settings: FitSettings | null;
  readonly origin: ModelOrigin;
  /** SHA-256 of the file that it was imported from, hex. */
  readonly originHash: string | null;
}

/** Fitted here, taken out of a bundle, or imported from another server's folder. */
export type ModelOrigin = "fit" | "bundle" | "site";

/** A stored threshold and what it came from. */
export interface CalibrationRecord {
  readonly roi: Roi;
  readonly threshold: number;
  readonly okMean: number;
  readonly ngMean: number;
  /** The percentile of the OK scores that was asked for. */
  readonly okPercentile: number;
  readonly ngPercentile5: number | null;
  readonly mmPerPx: number;
  readonly areaMm2Threshold: number;
  readonly scorePercentile: number;
  readonly createdAt: number;
  /** The row of the memory that it was made with; null where that is not known. */
  readonly modelId: number | null;
  /** The calibration's record with its scores; null for one made before there were such records. */
  readonly runId: number | null;
}

export function toModelRecord(row: Selectable<InspectionTables["inspection_models"]>): ModelRecord {
  return {
    id: row.id,
    roi: toRoi(row),
    version: row.version,
    engineId: row.engine_id,
    fileKey: row.file_key,
    embeddingCount: row.embedding_count,
    coresetSize: row.coreset_size,
    tokenShape: [row.token_height, row.token_width],
    coresetRate: row.coreset_rate,
    sources: JSON.parse(row.sources) as SourcePicture[],
    mmPerPx: row.mm_per_px,
    operatorId: row.operator_id,
    createdAt: row.created_at,
    settings: row.settings === null ? null : (JSON.parse(row.settings) as FitSettings),
    origin: row.origin as ModelOrigin,
    originHash: row.origin_hash,
  };
}

export function toCalibrationRecord(
  row: Selectable<InspectionTables["inspection_calibrations"]>,
): CalibrationRecord {
  return {
    roi: toRoi(row),
    threshold: row.threshold,
    okMean: row.ok_mean,
    ngMean: row.ng_mean,
    okPercentile: row.ok_percentile,
    ngPercentile5: row.ng_percentile_5,
    mmPerPx: row.mm_per_px,
    areaMm2Threshold: row.area_mm2_threshold,
    scorePercentile: row.score_percentile,
    createdAt: row.created_at,
    modelId: row.model_id,
    runId: row.run_id,
  };
}

export function toRoi(row: { recipe_id: string; model_key: string; role_id: string; roi_id: string }): Roi {
  return { recipeId: row.recipe_id, modelKey: row.model_key, roleId: row.role_id, roiId: row.roi_id };
}

/** The columns that name a ROI. */
export function roiColumns(roi: Roi) {
  return { recipe_id: roi.recipeId, model_key: roi.modelKey, role_id: roi.roleId, roi_id: roi.roiId };
}

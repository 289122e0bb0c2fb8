import type { Database } from "../../../platform/db/database.ts";
import type { Roi } from "../roi.ts";
import { roiColumns } from "./model-record.ts";
import {
  type CalibrationRun,
  type RunOrigin,
  type ThresholdChange,
  toCalibrationRun,
  toThresholdChange,
} from "./run-record.ts";
import type { InspectionTables } from "./tables.ts";

/** A calibration without its scores. */
export type RunSummary = Omit<CalibrationRun, "scores">;

/** Everything but the scores, which may be megabytes. */
const SUMMARY = [
  "id",
  "recipe_id",
  "model_key",
  "role_id",
  "roi_id",
  "origin",
  "model_id",
  "model_version",
  "threshold",
  "computed_threshold",
  "ok_mean",
  "ng_mean",
  "ok_percentile",
  "ng_percentile_5",
  "mm_per_px",
  "area_mm2_threshold",
  "score_percentile",
  "ok_count",
  "ng_count",
  "operator_id",
  "created_at",
] as const;

/** Reads calibrations and their thresholds; nothing falls back to another recipe. */
export class CalibrationReader {
  readonly #database: Database<InspectionTables>;

  constructor(database: Database<InspectionTables>) {
    this.#database = database;
  }

  async run(roi: Roi, id: number): Promise<CalibrationRun | null> {
    const row = await this.#database.reader
      .selectFrom("inspection_calibration_runs")
      .selectAll()
      .where((run) => run.and({ ...roiColumns(roi), id }))
      .executeTakeFirst();
    return row === undefined ? null : toCalibrationRun(row);
  }

  /** The newest calibration that was made with a version of a memory, or null; of one origin where it is named. */
  async lastOf(roi: Roi, modelId: number, origin?: RunOrigin): Promise<CalibrationRun | null> {
    const wanted = { ...roiColumns(roi), model_id: modelId, ...(origin === undefined ? {} : { origin }) };
    const row = await this.#database.reader
      .selectFrom("inspection_calibration_runs")
      .selectAll()
      .where((run) => run.and(wanted))
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : toCalibrationRun(row);
  }

  /** The newest calibrations of a ROI, newest first. */
  async runs(roi: Roi, limit: number): Promise<RunSummary[]> {
    const rows = await this.#database.reader
      .selectFrom("inspection_calibration_runs")
      .select(SUMMARY)
      .where((run) => run.and(roiColumns(roi)))
      .orderBy("id", "desc")
      .limit(limit)
      .execute();
    return rows.map((row) => toCalibrationRun({ ...row, scores: null }));
  }

  /** Changes of the threshold, newest first. */
  async thresholdChanges(roi: Roi, limit: number): Promise<ThresholdChange[]> {
    const rows = await this.#database.reader
      .selectFrom("inspection_threshold_changes")
      .selectAll()
      .where((change) => change.and(roiColumns(roi)))
      .orderBy("id", "desc")
      .limit(limit)
      .execute();
    return rows.map(toThresholdChange);
  }
}

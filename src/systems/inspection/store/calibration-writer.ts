import type { Transaction } from "kysely";
import type { Database } from "../../../platform/db/database.ts";
import type { AuditEvent, Doer } from "../audit.ts";
import type { Roi } from "../roi.ts";
import { appendAudit } from "./audit-log.ts";
import { roiColumns } from "./model-record.ts";
import {
  type CalibrationRun,
  calibrationColumns,
  type NewRun,
  runColumns,
  type ThresholdReason,
} from "./run-record.ts";
import type { InspectionTables } from "./tables.ts";

/** Older calibrations of a ROI go, but for those that are in use or that a roll-back would bring back. */
const KEPT_RUNS = 50;

/** Thresholds and what they came from: each method is one transaction with its audit entry, durable when it resolves. */
export class CalibrationWriter {
  readonly #database: Database<InspectionTables>;

  constructor(database: Database<InspectionTables>) {
    this.#database = database;
  }

  /** Stores a calibration and puts it in use. @returns its id */
  async add(run: NewRun, event: AuditEvent): Promise<number> {
    return this.#database.transaction(async (tx) => {
      const id = await putInUse(tx, run, event.doer, null);
      await forgetOldRuns(tx, run.roi);
      await appendAudit(tx, event, run.createdAt);
      return id;
    });
  }

  /**
   * Changes the threshold in use by hand; the calibration that it belongs to remembers it.
   * @returns what it was before, or null when the ROI has no calibration of its own
   */
  async setThreshold(
    roi: Roi,
    threshold: number,
    note: string | null,
    event: (from: number, modelVersion: number | null) => AuditEvent,
    now: number,
  ): Promise<{ readonly from: number } | null> {
    return this.#database.transaction(async (tx) => {
      const current = await tx
        .selectFrom("inspection_calibrations")
        .select(["threshold", "run_id"])
        .where((row) => row.and(roiColumns(roi)))
        .forUpdate()
        .executeTakeFirst();
      if (current === undefined) return null;
      const run =
        current.run_id === null
          ? undefined
          : await tx
              .updateTable("inspection_calibration_runs")
              .set({ threshold })
              .where("id", "=", current.run_id)
              .returning("model_version")
              .executeTakeFirst();
      const modelVersion = run?.model_version ?? null;
      await tx
        .updateTable("inspection_calibrations")
        .set({ threshold })
        .where((row) => row.and(roiColumns(roi)))
        .execute();
      const told = event(current.threshold, modelVersion);
      await noteChange(
        tx,
        { roi, reason: "manual", modelVersion, runId: current.run_id, doer: told.doer, note, now },
        current.threshold,
        threshold,
      );
      await appendAudit(tx, told, now);
      return { from: current.threshold };
    });
  }
}

interface Change {
  readonly roi: Roi;
  readonly reason: ThresholdReason;
  readonly modelVersion: number | null;
  readonly runId: number | null;
  readonly doer: Doer;
  readonly note: string | null;
  readonly now: number;
}

/**
 * Makes a calibration the one in use, in the caller's transaction, and notes the change of the threshold.
 * @param back a stored calibration that is brought back; null for a new one, which is stored first
 * @returns the calibration's id
 */
export async function putInUse(
  tx: Transaction<InspectionTables>,
  run: NewRun | CalibrationRun,
  doer: Doer,
  back: { readonly reason: ThresholdReason; readonly now: number; readonly runId: number } | null,
): Promise<number> {
  const runId = back?.runId ?? (await insertRun(tx, run));
  const before = await tx
    .selectFrom("inspection_calibrations")
    .select("threshold")
    .where((row) => row.and(roiColumns(run.roi)))
    .forUpdate()
    .executeTakeFirst();
  const values = { ...calibrationColumns(run), run_id: runId };
  await tx
    .insertInto("inspection_calibrations")
    .values({ ...roiColumns(run.roi), ...values })
    .onConflict((conflict) =>
      conflict.columns(["recipe_id", "model_key", "role_id", "roi_id"]).doUpdateSet(values),
    )
    .execute();
  const change: Change = {
    roi: run.roi,
    reason: back?.reason ?? "calibration",
    modelVersion: run.modelVersion,
    runId,
    doer,
    note: null,
    now: back?.now ?? run.createdAt,
  };
  await noteChange(tx, change, before?.threshold ?? null, run.threshold);
  return runId;
}

async function insertRun(tx: Transaction<InspectionTables>, run: NewRun): Promise<number> {
  const { id } = await tx
    .insertInto("inspection_calibration_runs")
    .values(runColumns(run))
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

async function noteChange(
  tx: Transaction<InspectionTables>,
  { roi, reason, modelVersion, runId, doer, note, now }: Change,
  from: number | null,
  to: number,
): Promise<void> {
  await tx
    .insertInto("inspection_threshold_changes")
    .values({
      ...roiColumns(roi),
      reason,
      model_version: modelVersion,
      run_id: runId,
      from_threshold: from,
      to_threshold: to,
      operator_id: doer.operatorId,
      actor: doer.actor,
      note,
      created_at: now,
    })
    .execute();
}

async function forgetOldRuns(tx: Transaction<InspectionTables>, roi: Roi): Promise<void> {
  const oldest = await tx
    .selectFrom("inspection_calibration_runs")
    .select("id")
    .where((row) => row.and(roiColumns(roi)))
    .orderBy("id", "desc")
    .offset(KEPT_RUNS)
    .limit(1)
    .executeTakeFirst();
  if (oldest === undefined) return;
  await tx
    .deleteFrom("inspection_calibration_runs")
    .where((row) => row.and(roiColumns(roi)))
    .where("id", "<=", oldest.id)
    .where("id", "not in", (query) =>
      query.selectFrom("inspection_calibrations").select("run_id").where("run_id", "is not", null),
    )
    .where("id", "not in", (query) =>
      query
        .selectFrom("inspection_calibration_runs")
        .select((row) => row.fn.max("id").as("id"))
        .where((row) => row.and(roiColumns(roi)))
        .groupBy("model_id"),
    )
    .execute();
}

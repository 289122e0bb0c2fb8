import type { Transaction } from "kysely";
import type { QualityReference } from "../../../algorithms/image/quality/quality-reference.ts";
import type { Database } from "../../../platform/db/database.ts";
import type { AuditEvent } from "../audit.ts";
import type { Roi } from "../roi.ts";
import { appendAudit } from "./audit-log.ts";
import { putInUse } from "./calibration-writer.ts";
import { lockMmPerPx } from "./lock-mm-per-px.ts";
import { type ModelRecord, roiColumns } from "./model-record.ts";
import { insertQuality } from "./quality-store.ts";
import type { CalibrationRun, NewRun } from "./run-record.ts";
import type { InspectionTables } from "./tables.ts";

const ROI_COLUMNS = ["recipe_id", "model_key", "role_id", "roi_id"] as const;

/** Versions of memories: each method is one transaction with its audit entry, durable when it resolves. */
export class VersionWriter {
  readonly #database: Database<InspectionTables>;

  constructor(database: Database<InspectionTables>) {
    this.#database = database;
  }

  /**
   * Puts a new version of a memory in use, and locks the recipe's scale. A calibration that came with it is put in
   * use too; `quality` is what its good pictures are like.
   * @returns the new row's id
   * @throws QuatrainError `mm_per_px_mismatch` (409) when another request has locked another value
   */
  async add(
    model: Omit<ModelRecord, "id">,
    event: AuditEvent,
    run: NewRun | null = null,
    quality: QualityReference | null = null,
  ): Promise<number> {
    return this.#database.transaction(async (tx) => {
      await lockMmPerPx(tx, model.roi.recipeId, model.mmPerPx, model.createdAt);
      const { id } = await tx
        .insertInto("inspection_models")
        .values(modelColumns(model))
        .returning("id")
        .executeTakeFirstOrThrow();
      await activate(tx, model.roi, id, model.version);
      if (quality !== null) await insertQuality(tx, id, quality);
      if (run !== null)
        await putInUse(tx, { ...run, modelId: id, modelVersion: model.version }, event.doer, null);
      await appendAudit(tx, event, model.createdAt);
      return id;
    });
  }

  /**
   * Puts an older version back in use, with the calibration that belongs to it where there is one.
   * @returns false when the version is gone
   */
  async rollBack(
    target: ModelRecord,
    run: CalibrationRun | null,
    event: AuditEvent,
    now: number,
  ): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      if (!(await holdRow(tx, target.id))) return false;
      await activate(tx, target.roi, target.id, target.version);
      if (run !== null) await putInUse(tx, run, event.doer, { reason: "rollback", now, runId: run.id });
      await appendAudit(tx, event, now);
      return true;
    });
  }

  /** Removes a version's row and its calibrations. @returns false when it is in use, or gone already */
  async remove(id: number, event: AuditEvent | null, now: number): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      if (!(await holdRow(tx, id))) return false;
      const inUse = await tx
        .selectFrom("inspection_active_models")
        .select("model_id")
        .where("model_id", "=", id)
        .executeTakeFirst();
      if (inUse !== undefined) return false;
      await tx.deleteFrom("inspection_models").where("id", "=", id).execute();
      await tx
        .deleteFrom("inspection_calibration_runs")
        .where("model_id", "=", id)
        .where("id", "not in", (query) =>
          query.selectFrom("inspection_calibrations").select("run_id").where("run_id", "is not", null),
        )
        .execute();
      if (event !== null) await appendAudit(tx, event, now);
      return true;
    });
  }
}

/** Whoever rolls back to a version and whoever removes it wait for each other here. */
async function holdRow(tx: Transaction<InspectionTables>, id: number): Promise<boolean> {
  const held = await tx
    .selectFrom("inspection_models")
    .select("id")
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return held !== undefined;
}

async function activate(
  tx: Transaction<InspectionTables>,
  roi: Roi,
  modelId: number,
  version: number,
): Promise<void> {
  await tx
    .insertInto("inspection_active_models")
    .values({ ...roiColumns(roi), model_id: modelId, last_version: version })
    .onConflict((conflict) =>
      conflict.columns([...ROI_COLUMNS]).doUpdateSet((update) => ({
        model_id: modelId,
        last_version: update
          .case()
          .when("inspection_active_models.last_version", "<", version)
          .then(version)
          .else(update.ref("inspection_active_models.last_version"))
          .end(),
      })),
    )
    .execute();
}

function modelColumns(model: Omit<ModelRecord, "id">) {
  return {
    ...roiColumns(model.roi),
    version: model.version,
    engine_id: model.engineId,
    file_key: model.fileKey,
    embedding_count: model.embeddingCount,
    coreset_size: model.coresetSize,
    token_height: model.tokenShape[0],
    token_width: model.tokenShape[1],
    coreset_rate: model.coresetRate,
    sources: JSON.stringify(model.sources),
    mm_per_px: model.mmPerPx,
    operator_id: model.operatorId,
    created_at: model.createdAt,
    settings: model.settings === null ? null : JSON.stringify(model.settings),
    origin: model.origin,
    origin_hash: model.originHash,
  };
}

import type { Selectable, Transaction } from "kysely";
import type { Database } from "../../../platform/db/database.ts";
import type { AuditAction, AuditEvent, AuditRecord } from "../audit.ts";
import type { InspectionTables } from "./tables.ts";

/** Which entries are wanted; absent means any. */
export interface AuditFilter {
  readonly action?: AuditAction;
  readonly operatorId?: string;
  readonly recipeId?: string;
  readonly roleId?: string;
  readonly roiId?: string;
  /** Milliseconds UTC, included. */
  readonly since?: number;
  /** Milliseconds UTC, excluded. */
  readonly until?: number;
  /** Only entries with a smaller number: the next page. */
  readonly before?: number;
}

/** Adds an entry, in the transaction of what it tells of: neither is there without the other. */
export async function appendAudit(
  tx: Transaction<InspectionTables>,
  { action, doer, place, modelVersion, details }: AuditEvent,
  now: number,
): Promise<void> {
  await tx
    .insertInto("inspection_audit")
    .values({
      created_at: now,
      action,
      operator_id: doer.operatorId,
      actor: doer.actor,
      recipe_id: place.recipeId ?? null,
      model_key: place.modelKey ?? null,
      role_id: place.roleId ?? null,
      roi_id: place.roiId ?? null,
      model_version: modelVersion,
      details: JSON.stringify(details),
      request_id: doer.requestId,
    })
    .execute();
}

/** Who did what, newest first. */
export class AuditLog {
  readonly #database: Database<InspectionTables>;

  constructor(database: Database<InspectionTables>) {
    this.#database = database;
  }

  /** O(limit) with the filters that have an index (time, ROI); at most `limit` entries. */
  async entries(filter: AuditFilter, limit: number): Promise<AuditRecord[]> {
    let query = this.#database.reader.selectFrom("inspection_audit").selectAll();
    if (filter.action !== undefined) query = query.where("action", "=", filter.action);
    if (filter.operatorId !== undefined) query = query.where("operator_id", "=", filter.operatorId);
    if (filter.recipeId !== undefined) query = query.where("recipe_id", "=", filter.recipeId);
    if (filter.roleId !== undefined) query = query.where("role_id", "=", filter.roleId);
    if (filter.roiId !== undefined) query = query.where("roi_id", "=", filter.roiId);
    if (filter.since !== undefined) query = query.where("created_at", ">=", filter.since);
    if (filter.until !== undefined) query = query.where("created_at", "<", filter.until);
    if (filter.before !== undefined) query = query.where("id", "<", filter.before);
    const rows = await query.orderBy("id", "desc").limit(limit).execute();
    return rows.map(toAuditRecord);
  }

  /**
   * Forgets entries, and changes of thresholds, from before an instant. Records how many, in the same transaction.
   * @returns how many entries went
   */
  async forget(before: number, event: (entries: number) => AuditEvent, now: number): Promise<number> {
    return this.#database.transaction(async (tx) => {
      const { numDeletedRows: entries } = await tx
        .deleteFrom("inspection_audit")
        .where("created_at", "<", before)
        .executeTakeFirstOrThrow();
      await tx.deleteFrom("inspection_threshold_changes").where("created_at", "<", before).execute();
      if (entries > 0n) await appendAudit(tx, event(Number(entries)), now);
      return Number(entries);
    });
  }

  /** Something that changed no row of its own, a deletion from a folder say. */
  async append(event: AuditEvent, now: number): Promise<void> {
    await this.#database.transaction((tx) => appendAudit(tx, event, now));
  }
}

function toAuditRecord(row: Selectable<InspectionTables["inspection_audit"]>): AuditRecord {
  const place = {
    ...(row.recipe_id === null ? {} : { recipeId: row.recipe_id }),
    ...(row.model_key === null ? {} : { modelKey: row.model_key }),
    ...(row.role_id === null ? {} : { roleId: row.role_id }),
    ...(row.roi_id === null ? {} : { roiId: row.roi_id }),
  };
  return {
    id: row.id,
    at: row.created_at,
    action: row.action as AuditAction,
    doer: { operatorId: row.operator_id, actor: row.actor, requestId: row.request_id },
    place,
    modelVersion: row.model_version,
    details: JSON.parse(row.details) as Record<string, unknown>,
  };
}

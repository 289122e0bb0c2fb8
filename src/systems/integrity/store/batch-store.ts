import { sql, type Transaction } from "kysely";
import type { Database } from "../../../platform/db/database.ts";
import { packJson, unpackJson } from "./packed.ts";
import type { IntegrityTables } from "./tables.ts";

/** Many documents that one job analyses. */
export interface BatchRecord {
  readonly id: string;
  readonly jobId: string;
  readonly idempotencyKey: string | null;
  readonly bodyHash: string;
  readonly total: number;
  readonly createdAt: number;
}

/** One document of a batch, and what became of it. */
export interface BatchItem {
  readonly position: number;
  readonly state: "queued" | "done" | "failed" | "cancelled";
  readonly caseId: string | null;
  readonly overall: number | null;
  readonly level: string | null;
  readonly error: string | null;
  readonly code: string | null;
}

/** A document that waits for its analysis. */
export interface QueuedItem {
  readonly position: number;
  /** How often its analysis was begun, without coming to an end. */
  readonly begun: number;
  readonly submission: unknown;
}

export interface BatchCounts {
  readonly done: number;
  readonly failed: number;
}

/** Batches: their submissions wait in the database until they are cases. */
export class BatchStore {
  readonly #database: Database<IntegrityTables>;

  constructor(database: Database<IntegrityTables>) {
    this.#database = database;
  }

  /** In the transaction that enqueues its job. */
  async addBatch(
    tx: Transaction<IntegrityTables>,
    batch: BatchRecord,
    submissions: readonly unknown[],
  ): Promise<void> {
    await tx
      .insertInto("integrity_batches")
      .values({
        id: batch.id,
        job_id: batch.jobId,
        idempotency_key: batch.idempotencyKey,
        body_hash: batch.bodyHash,
        total: batch.total,
        created_at: batch.createdAt,
      })
      .execute();
    for (const [position, submission] of submissions.entries()) {
      await tx
        .insertInto("integrity_batch_items")
        .values({ batch_id: batch.id, position, state: "queued", begun: 0, submission: packJson(submission) })
        .execute();
    }
  }

  async findBatch(id: string): Promise<BatchRecord | null> {
    return this.#find("id", id);
  }

  async findByIdempotencyKey(key: string): Promise<BatchRecord | null> {
    return this.#find("idempotency_key", key);
  }

  async #find(column: "id" | "idempotency_key", value: string): Promise<BatchRecord | null> {
    const row = await this.#database.reader
      .selectFrom("integrity_batches")
      .selectAll()
      .where(column, "=", value)
      .executeTakeFirst();
    if (row === undefined) return null;
    return {
      id: row.id,
      jobId: row.job_id,
      idempotencyKey: row.idempotency_key,
      bodyHash: row.body_hash,
      total: row.total,
      createdAt: row.created_at,
    };
  }

  async countItems(batchId: string): Promise<BatchCounts> {
    const rows = await this.#database.reader
      .selectFrom("integrity_batch_items")
      .select(["state", sql<number>`count(*)`.as("items")])
      .where("batch_id", "=", batchId)
      .groupBy("state")
      .execute();
    const count = (state: string) => Number(rows.find((row) => row.state === state)?.items ?? 0);
    return { done: count("done"), failed: count("failed") };
  }

  async listItems(batchId: string, offset: number, limit: number): Promise<BatchItem[]> {
    if (limit === 0) return [];
    const rows = await this.#database.reader
      .selectFrom("integrity_batch_items as i")
      .leftJoin("integrity_cases as c", "c.id", "i.case_id")
      .select(["i.position", "i.state", "i.case_id", "i.error", "i.code", "c.score", "c.level"])
      .where("i.batch_id", "=", batchId)
      .orderBy("i.position")
      .limit(limit)
      .offset(offset)
      .execute();
    return rows.map((row) => ({
      position: row.position,
      state: row.state,
      caseId: row.case_id,
      overall: row.score,
      level: row.level,
      error: row.error,
      code: row.code,
    }));
  }

  /** The first document that still waits; null when none does. */
  async nextQueued(batchId: string): Promise<QueuedItem | null> {
    const row = await this.#database.reader
      .selectFrom("integrity_batch_items")
      .select(["position", "begun", "submission"])
      .where("batch_id", "=", batchId)
      .where("state", "=", "queued")
      .orderBy("position")
      .limit(1)
      .executeTakeFirst();
    if (row?.submission == null) return null;
    return { position: row.position, begun: row.begun, submission: unpackJson(row.submission) };
  }

  /** Counts a beginning, so that a document that takes its process down again and again is given up. */
  async markBegun(batchId: string, position: number): Promise<void> {
    await this.#database.transaction((tx) =>
      tx
        .updateTable("integrity_batch_items")
        .set((row) => ({ begun: row("begun", "+", 1) }))
        .where("batch_id", "=", batchId)
        .where("position", "=", position)
        .execute(),
    );
  }

  /**
   * In the transaction that adds its case: a killed job neither loses a document nor makes two cases of it.
   * @returns false when another attempt was faster
   */
  async markDone(
    tx: Transaction<IntegrityTables>,
    batchId: string,
    position: number,
    caseId: string,
  ): Promise<boolean> {
    const { numUpdatedRows } = await tx
      .updateTable("integrity_batch_items")
      .set({ state: "done", case_id: caseId, submission: null })
      .where("batch_id", "=", batchId)
      .where("position", "=", position)
      .where("state", "=", "queued")
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async markFailed(batchId: string, position: number, error: string, code: string): Promise<void> {
    await this.#database.transaction((tx) =>
      tx
        .updateTable("integrity_batch_items")
        .set({ state: "failed", error, code, submission: null })
        .where("batch_id", "=", batchId)
        .where("position", "=", position)
        .where("state", "=", "queued")
        .execute(),
    );
  }

  /** Documents of a batch that will never be analysed are not kept. */
  async dropQueued(batchId: string): Promise<void> {
    await this.#database.transaction((tx) =>
      tx
        .updateTable("integrity_batch_items")
        .set({ submission: null, state: "cancelled" })
        .where("batch_id", "=", batchId)
        .where("state", "=", "queued")
        .execute(),
    );
  }
}

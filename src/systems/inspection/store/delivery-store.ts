import type { Selectable, Transaction } from "kysely";
import type { AnyTransaction, Database } from "../../../platform/db/database.ts";
import type { Roi } from "../roi.ts";
import { roiColumns } from "./model-record.ts";
import type { InspectionTables } from "./tables.ts";

type DeliveryState = InspectionTables["inspection_deliveries"]["state"];

/** One message to the webhook and what became of it so far. */
export interface DeliveryRecord {
  readonly id: number;
  /** The same at every attempt: how the receiver knows it again. */
  readonly deliveryId: string;
  readonly roi: Roi;
  /** JSON, as it is sent. */
  readonly body: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly createdAt: number;
  readonly endedAt: number | null;
}

/** How an attempt went. */
export interface AttemptOutcome {
  readonly state: DeliveryState;
  readonly status: number | null;
  readonly error: string | null;
}

/** Older ones that have ended are forgotten. */
const KEPT = 10_000;
/** A webhook that is away for days must not fill the disk. */
const MOST_WAITING = 10_000;

/** The webhook's outbox. */
export class DeliveryStore {
  readonly #database: Database<InspectionTables>;

  constructor(database: Database<InspectionTables>) {
    this.#database = database;
  }

  /**
   * Writes a message in the caller's transaction.
   * @returns its row, or null when too many wait already: then it is written as `dropped` and will not be sent
   */
  async add(
    transaction: AnyTransaction,
    message: Pick<DeliveryRecord, "deliveryId" | "roi" | "body" | "createdAt">,
  ): Promise<number | null> {
    const tx = transaction as unknown as Transaction<InspectionTables>;
    const { waiting } = await tx
      .selectFrom("inspection_deliveries")
      .select((row) => row.fn.countAll<number>().as("waiting"))
      .where("state", "=", "waiting")
      .executeTakeFirstOrThrow();
    const isFull = Number(waiting) >= MOST_WAITING;
    const { id } = await tx
      .insertInto("inspection_deliveries")
      .values({
        delivery_id: message.deliveryId,
        ...roiColumns(message.roi),
        body: message.body,
        state: isFull ? "dropped" : "waiting",
        attempts: 0,
        last_status: null,
        last_error: isFull ? `${MOST_WAITING} messages wait already` : null,
        created_at: message.createdAt,
        ended_at: isFull ? message.createdAt : null,
        job_id: null,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await tx
      .deleteFrom("inspection_deliveries")
      .where("id", "<=", id - KEPT)
      .where("state", "!=", "waiting")
      .execute();
    return isFull ? null : id;
  }

  /** Names the job that sends a message, in the transaction that enqueues it. */
  async setJob(transaction: AnyTransaction, id: number, jobId: string): Promise<void> {
    await (transaction as unknown as Transaction<InspectionTables>)
      .updateTable("inspection_deliveries")
      .set({ job_id: jobId })
      .where("id", "=", id)
      .execute();
  }

  /** Messages that wait, with the jobs that they wait for. At most `MOST_WAITING`. */
  async waitingJobs(): Promise<{ readonly id: number; readonly jobId: string }[]> {
    const rows = await this.#database.reader
      .selectFrom("inspection_deliveries")
      .select(["id", "job_id"])
      .where("state", "=", "waiting")
      .where("job_id", "is not", null)
      .orderBy("id")
      .execute();
    return rows.map(({ id, job_id: jobId }) => ({ id, jobId: jobId as string }));
  }

  /** Marks a message as failed that waits for a job that has ended. @returns false when it does not wait for it any more */
  async giveUp(id: number, jobId: string, error: string, now: number): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable("inspection_deliveries")
        .set({ state: "failed", last_error: error, ended_at: now })
        .where((row) => row.and({ id, state: "waiting", job_id: jobId }))
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    });
  }

  async find(id: number): Promise<DeliveryRecord | null> {
    const row = await this.#database.reader
      .selectFrom("inspection_deliveries")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    return row === undefined ? null : toRecord(row);
  }

  /** Newest first. */
  async list(state: DeliveryState | null, limit: number): Promise<DeliveryRecord[]> {
    let query = this.#database.reader.selectFrom("inspection_deliveries").selectAll();
    if (state !== null) query = query.where("state", "=", state);
    return (await query.orderBy("id", "desc").limit(limit).execute()).map(toRecord);
  }

  async countWaiting(): Promise<number> {
    const { waiting } = await this.#database.reader
      .selectFrom("inspection_deliveries")
      .select((row) => row.fn.countAll<number>().as("waiting"))
      .where("state", "=", "waiting")
      .executeTakeFirstOrThrow();
    return Number(waiting);
  }

  /** Notes an attempt, unless the message was delivered meanwhile. */
  async note(id: number, { state, status, error }: AttemptOutcome, now: number): Promise<void> {
    await this.#database.transaction((tx) =>
      tx
        .updateTable("inspection_deliveries")
        .set((row) => ({
          state,
          attempts: row("attempts", "+", 1),
          last_status: status,
          last_error: error,
          ended_at: state === "waiting" ? null : now,
        }))
        .where("id", "=", id)
        .where("state", "!=", "delivered")
        .execute(),
    );
  }

  /** Makes an ended message wait again, in the caller's transaction. @returns false unless it failed or was dropped */
  async revive(transaction: AnyTransaction, id: number): Promise<boolean> {
    const tx = transaction as unknown as Transaction<InspectionTables>;
    const { numUpdatedRows } = await tx
      .updateTable("inspection_deliveries")
      .set({ state: "waiting", ended_at: null })
      .where("id", "=", id)
      .where("state", "in", ["failed", "dropped"])
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }
}

function toRecord(row: Selectable<InspectionTables["inspection_deliveries"]>): DeliveryRecord {
  return {
    id: row.id,
    deliveryId: row.delivery_id,
    roi: { recipeId: row.recipe_id, modelKey: row.model_key, roleId: row.role_id, roiId: row.roi_id },
    body: row.body,
    state: row.state,
    attempts: row.attempts,
    lastStatus: row.last_status,
    lastError: row.last_error,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}

import type { Transaction } from "kysely";
import type { JobTables } from "./job-tables.ts";
import { type Lease, writeLeased } from "./lease.ts";

type Tx = Transaction<JobTables>;

export interface NewJob {
  readonly id: string;
  readonly kind: string;
  /** JSON. */
  readonly payload: string;
  readonly maxAttempts: number;
}

/** A job just begun. */
export interface ClaimedJob {
  readonly lease: Lease;
  readonly kind: string;
  readonly payload: unknown;
  readonly maxAttempts: number;
}

export async function insertJob(tx: Tx, job: NewJob, now: number): Promise<void> {
  const row = {
    id: job.id,
    kind: job.kind,
    state: "queued",
    payload: job.payload,
    attempt: 0,
    max_attempts: job.maxAttempts,
    run_after: now,
    progress: 0,
    created_at: now,
  } as const;
  await tx
    .insertInto("jobs")
    .values({ ...row, ...NOBODY, ...NO_ERROR, ...NOT_YET })
    .execute();
}

const NOBODY = { worker: null, heartbeat_at: null } as const;
const NO_ERROR = { error: null, error_code: null } as const;
const NOT_YET = {
  message: null,
  result: null,
  started_at: null,
  finished_at: null,
  cancel_requested_at: null,
} as const;

/** Begins a queued job; null when it is not queued (any more): the ticket was stale. */
export async function claimJob(
  tx: Tx,
  jobId: string,
  worker: string,
  now: number,
): Promise<ClaimedJob | null> {
  const row = await tx
    .updateTable("jobs")
    .set(({ eb, ref }) => ({
      state: "running" as const,
      attempt: eb("attempt", "+", 1),
      worker,
      heartbeat_at: now,
      started_at: eb.fn.coalesce(ref("started_at"), eb.val(now)),
      ...NO_ERROR,
    }))
    .where("id", "=", jobId)
    .where("state", "=", "queued")
    .returning(["kind", "payload", "attempt", "max_attempts"])
    .executeTakeFirst();
  if (!row) return null;
  const lease = { jobId, attempt: row.attempt, worker };
  return { lease, kind: row.kind, payload: JSON.parse(row.payload), maxAttempts: row.max_attempts };
}

/** Records a step's result (JSON, null for nothing). @throws QuatrainError `job_superseded` (409) */
export async function recordStep(tx: Tx, lease: Lease, name: string, result: string | null, now: number) {
  await writeLeased(tx, lease, { heartbeat_at: now });
  await tx.insertInto("job_steps").values({ job_id: lease.jobId, name, result, finished_at: now }).execute();
}

/** What a process still holds, and whether it was asked to stop; proves to others that it lives. */
export async function beat(tx: Tx, worker: string, now: number) {
  return tx
    .updateTable("jobs")
    .set({ heartbeat_at: now })
    .where("worker", "=", worker)
    .where("state", "=", "running")
    .returning(["id", "attempt", "cancel_requested_at"])
    .execute();
}

/** Ends a queued job at once and asks a running one to stop; "none" when it has ended or never was. */
export async function requestCancel(tx: Tx, id: string, now: number): Promise<"ended" | "asked" | "none"> {
  const ended = await tx
    .updateTable("jobs")
    .set({ state: "cancelled", cancel_requested_at: now, finished_at: now })
    .where("id", "=", id)
    .where("state", "=", "queued")
    .executeTakeFirst();
  if (ended.numUpdatedRows > 0n) return "ended";
  const asked = await tx
    .updateTable("jobs")
    .set(({ fn, ref, val }) => ({ cancel_requested_at: fn.coalesce(ref("cancel_requested_at"), val(now)) }))
    .where("id", "=", id)
    .where("state", "=", "running")
    .executeTakeFirst();
  return asked.numUpdatedRows > 0n ? "asked" : "none";
}

/** Deletes jobs that ended before `endedBefore`; their steps go with them. */
export async function deleteEnded(tx: Tx, endedBefore: number): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom("jobs")
    .where("state", "in", ["completed", "failed", "cancelled"])
    .where("finished_at", "<", endedBefore)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

import type { Kysely, Selectable } from "kysely";
import type { JobFilter, JobRecord } from "../job-queue.ts";
import type { JobRow, JobTables } from "./job-tables.ts";
import type { Lease } from "./lease.ts";

const LIST_LIMIT = 100;
const LIST_LIMIT_MAX = 1000;

type Reader = Kysely<JobTables>;

/** A running job as its heartbeat shows it. */
export interface RunningJob {
  readonly lease: Lease;
  readonly kind: string;
  readonly heartbeatAt: number | null;
}

export async function findJob(reader: Reader, id: string): Promise<JobRecord | null> {
  const row = await reader.selectFrom("jobs").selectAll().where("id", "=", id).executeTakeFirst();
  return row ? present(row) : null;
}

/** Newest first. */
export async function listJobs(reader: Reader, filter: JobFilter): Promise<JobRecord[]> {
  const { kind, state, limit = LIST_LIMIT } = filter;
  let query = reader.selectFrom("jobs").selectAll();
  if (kind !== undefined) query = query.where("kind", "=", kind);
  if (state !== undefined) query = query.where("state", "=", state);
  const rows = await query.orderBy("number", "desc").limit(Math.min(limit, LIST_LIMIT_MAX)).execute();
  return rows.map(present);
}

/** The oldest queued jobs of a kind whose time has come. */
export async function dueJobs(reader: Reader, kind: string, now: number, limit: number): Promise<string[]> {
  const rows = await reader
    .selectFrom("jobs")
    .select("id")
    .where("state", "=", "queued")
    .where("kind", "=", kind)
    .where("run_after", "<=", now)
    .orderBy("number")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** When the next queued job of these kinds is due that is not due yet; null where there is none. */
export async function nextDueAt(
  reader: Reader,
  kinds: readonly string[],
  now: number,
): Promise<number | null> {
  const row = await reader
    .selectFrom("jobs")
    .select(({ fn }) => fn.min<number | null>("run_after").as("due"))
    .where("state", "=", "queued")
    .where("kind", "in", [...kinds, ""]) // an empty list is no SQL
    .where("run_after", ">", now)
    .executeTakeFirst();
  return row?.due ?? null;
}

/** Queued jobs that have been due since before `dueBefore`: their tickets may have been lost. */
export async function overdueJobs(reader: Reader, dueBefore: number, limit: number) {
  return reader
    .selectFrom("jobs")
    .select(["id", "kind"])
    .where("state", "=", "queued")
    .where("run_after", "<", dueBefore)
    .orderBy("number")
    .limit(limit)
    .execute();
}

export async function runningJobs(reader: Reader): Promise<RunningJob[]> {
  const rows = await reader
    .selectFrom("jobs")
    .select(["id", "kind", "attempt", "worker", "heartbeat_at"])
    .where("state", "=", "running")
    .execute();
  return rows.map(({ id, kind, attempt, worker, heartbeat_at }) => ({
    lease: { jobId: id, attempt, worker: worker ?? "" },
    kind,
    heartbeatAt: heartbeat_at,
  }));
}

/** The recorded result (JSON, null for nothing) of a step; undefined where it has not been recorded. */
export async function findStep(
  reader: Reader,
  jobId: string,
  name: string,
): Promise<string | null | undefined> {
  const row = await reader
    .selectFrom("job_steps")
    .select("result")
    .where("job_id", "=", jobId)
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.result;
}

function present(row: Selectable<JobRow>): JobRecord {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    payload: JSON.parse(row.payload),
    progress: row.progress,
    message: row.message,
    attempt: row.attempt,
    result: row.result === null ? null : JSON.parse(row.result),
    error: row.error,
    errorCode: row.error_code,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    cancelRequestedAt: row.cancel_requested_at,
  };
}

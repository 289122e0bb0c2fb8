import type { Transaction } from "kysely";
import type { JobTables } from "./job-tables.ts";
import { type Lease, writeLeased } from "./lease.ts";

/** Why an attempt did not complete its job, in the user's words. */
export interface JobFailure {
  readonly message: string;
  readonly code: string;
}

/** How an attempt went. */
export type AttemptEnd =
  | { readonly as: "completed" /** JSON, null for nothing. */; readonly result: string | null }
  | { readonly as: "failed"; readonly failure: JobFailure }
  | { readonly as: "cancelled" }
  /** To be begun again after a while; a failure is shown meanwhile. */
  | { readonly as: "retried"; readonly failure: JobFailure | null; readonly runAfter: number }
  /** Interrupted by a drain: back in the queue as if never begun. */
  | { readonly as: "returned" };

/**
 * Ends a running attempt.
 * @returns false where the job goes on (it is queued again, and needs a ticket)
 * @throws QuatrainError `job_superseded` (409) when the attempt no longer holds its job
 */
export async function endAttempt(
  tx: Transaction<JobTables>,
  lease: Lease,
  end: AttemptEnd,
  now: number,
): Promise<boolean> {
  if (end.as === "completed") {
    await writeLeased(tx, lease, { ...ended("completed", now), progress: 1, result: end.result });
    return true;
  }
  if (end.as === "failed") {
    await writeLeased(tx, lease, { ...ended("failed", now), ...failed(end.failure) });
    return true;
  }
  if (end.as === "cancelled" || (await cancelRequested(tx, lease))) {
    await writeLeased(tx, lease, ended("cancelled", now));
    return true;
  }
  const queued = { state: "queued", worker: null, heartbeat_at: null } as const;
  if (end.as === "retried") {
    const shown = end.failure ? failed(end.failure) : {};
    await writeLeased(tx, lease, { ...queued, ...shown, run_after: end.runAfter });
  } else {
    await writeLeased(tx, lease, { ...queued, attempt: lease.attempt - 1, run_after: now });
  }
  return false;
}

function ended<State extends "completed" | "failed" | "cancelled">(state: State, now: number) {
  return { state, finished_at: now, worker: null, heartbeat_at: null };
}

function failed({ message, code }: JobFailure) {
  return { error: message, error_code: code };
}

/** Another process may have asked in this moment; a job back in the queue would not hear of it. */
async function cancelRequested(tx: Transaction<JobTables>, { jobId }: Lease): Promise<boolean> {
  const row = await tx
    .selectFrom("jobs")
    .select("cancel_requested_at")
    .where("id", "=", jobId)
    .forUpdate()
    .executeTakeFirst();
  return row?.cancel_requested_at !== null;
}

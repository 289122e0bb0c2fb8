import type { Transaction } from "kysely";
import { endAttempt, type JobFailure } from "./attempt-end.ts";
import type { JobTables } from "./job-tables.ts";
import type { Lease } from "./lease.ts";

/**
 * Ends an attempt whose process is gone: the job is begun again, unless it has been begun as often as it may.
 * @returns false where the job goes on (it is queued again, and needs a ticket)
 * @throws QuatrainError `job_superseded` (409) when the attempt was not the current one
 */
export async function recoverOrphan(
  tx: Transaction<JobTables>,
  lease: Lease,
  whenExhausted: JobFailure,
  now: number,
): Promise<boolean> {
  const row = await tx
    .selectFrom("jobs")
    .select("max_attempts")
    .where("id", "=", lease.jobId)
    .forUpdate()
    .executeTakeFirst();
  const exhausted = row !== undefined && lease.attempt >= row.max_attempts;
  return exhausted
    ? endAttempt(tx, lease, { as: "failed", failure: whenExhausted }, now)
    : endAttempt(tx, lease, { as: "retried", failure: null, runAfter: now }, now);
}

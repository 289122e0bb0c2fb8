import type { Transaction, Updateable } from "kysely";
import { userError } from "../../errors/quatrain-error.ts";
import type { JobRow, JobTables } from "./job-tables.ts";

/** The right of one attempt to write its job. */
export interface Lease {
  readonly jobId: string;
  readonly attempt: number;
  /** Token of the process that holds it. */
  readonly worker: string;
}

/** Changes a running job if the lease still holds. @throws QuatrainError `job_superseded` (409) if not */
export async function writeLeased(
  tx: Transaction<JobTables>,
  lease: Lease,
  changes: Updateable<JobRow>,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable("jobs")
    .set(changes)
    .where("id", "=", lease.jobId)
    .where("state", "=", "running")
    .where("attempt", "=", lease.attempt)
    .where("worker", "=", lease.worker)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw superseded(lease);
}

/** Another attempt has the job, or it has ended: this one must stop. */
export function superseded({ jobId, attempt }: Pick<Lease, "jobId" | "attempt">) {
  return userError(
    "job_superseded",
    409,
    `Attempt ${attempt} of job ${jobId} has been superseded: it must stop.`,
    {
      jobId,
      attempt,
    },
  );
}

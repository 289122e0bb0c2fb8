import { z } from "zod";
import type { Database } from "../../../platform/db/database.ts";
import { messageOf } from "../../../platform/errors/quatrain-error.ts";
import type { JobDefinition, JobQueue } from "../../../platform/jobs/job-queue.ts";
import type { Log } from "../../../platform/ports.ts";
import { applyRetention, type RetentionDeps } from "../actions/apply-retention.ts";
import type { IntegrityTables } from "../store/tables.ts";

const RETENTION_JOB = "integrity.retention";
const EVERY_MS = 6 * 3_600_000;

/** Deletes what has been kept long enough. */
export function retentionJob(deps: RetentionDeps): JobDefinition<{ days: number }> {
  return {
    kind: RETENTION_JOB,
    payload: z.object({ days: z.number() }),
    maxAttempts: 5,
    concurrency: 1,
    run: async ({ signal }, { days }) => ({ cases: await applyRetention(deps, days, signal) }),
  };
}

/** Asks for it now and every six hours. @returns stops asking */
export function keepRetention(
  { jobs, database, log }: { jobs: JobQueue; database: Database<IntegrityTables>; log: Log },
  days: number,
): () => void {
  const ask = () => {
    database
      .transaction((tx) => jobs.enqueue(tx, RETENTION_JOB, { days }))
      .catch((error: unknown) => log.warn({ reason: messageOf(error) }, "retention could not be asked for"));
  };
  ask();
  const timer = setInterval(ask, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

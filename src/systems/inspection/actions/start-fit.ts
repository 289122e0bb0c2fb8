import type { Database } from "../../../platform/db/database.ts";
import type { JobQueue } from "../../../platform/jobs/job-queue.ts";
import type { Ids } from "../../../platform/ports.ts";
import type { ModelRecord } from "../store/model-record.ts";
import { type FitDeps, fitMemory } from "./fit-memory.ts";
import { holdFitLease, jobLease, type LeaseDeps } from "./hold-fit-lease.ts";
import { checkFit, type FitRequest, planFit } from "./plan-fit.ts";
import { sweepingOnFailure } from "./sweep-sources.ts";

/** The kind of job that a queued fit is; `jobs/fit.ts` does it. */
export const FIT_JOB = "inspection.fit";

export interface StartFitDeps extends FitDeps, LeaseDeps {
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly ids: Ids;
}

/** Fits at once, in this process: the caller waits. @throws QuatrainError `fit_running` (409), or as `planFit` */
export async function fitNow(
  deps: StartFitDeps,
  request: FitRequest,
  signal?: AbortSignal,
): Promise<ModelRecord> {
  await checkFit(deps, request);
  return holdFitLease(deps, request.roi, `call:${deps.ids.uuid()}`, () =>
    sweepingOnFailure(deps, request.roi, async () =>
      fitMemory(deps, await planFit(deps, request), { signal }),
    ),
  );
}

/** Queues a fit: its pictures are stored and its job is durable when this resolves. @throws as `fitNow` */
export async function fitLater(deps: StartFitDeps, request: FitRequest): Promise<string> {
  await checkFit(deps, request);
  const planner = `call:${deps.ids.uuid()}`;
  return holdFitLease(deps, request.roi, planner, async () => {
    const plan = await sweepingOnFailure(deps, request.roi, () => planFit(deps, request));
    return deps.database.transaction(async (tx) => {
      const jobId = await deps.jobs.enqueue(tx, FIT_JOB, plan);
      await deps.leases.handOver(tx, request.roi, planner, jobLease(deps, jobId));
      return jobId;
    });
  });
}

import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import { invalidStatus } from "../errors.ts";
import type { LivePulse } from "../live-pulse.ts";
import type { RunningJobs } from "../running-jobs.ts";
import type { JobReader } from "../store/job-reader.ts";
import type { JobWriter } from "../store/job-writer.ts";
import { ENDED, type TrainingJob } from "../training-job.ts";
import { endMlflowRun, type MlflowDeps } from "./follow-with-mlflow.ts";

export interface StopJobDeps extends Pick<MlflowDeps, "mlflow" | "runWriter"> {
  readonly jobs: JobReader;
  readonly jobWriter: JobWriter;
  readonly running: RunningJobs;
  readonly pulse: LivePulse;
  readonly settings: { readonly stopGraceMs: number };
}

/** Beyond the trainer's own grace: its process group is killed, the last rows are written. */
const AFTERWARDS_MS = 15_000;
const LOOK_EVERY_MS = 500;

/**
 * Stops a job: resolves once nothing of it runs.
 * @throws QuatrainError `invalid_status` (409), `still_stopping` (503) where its worker does not answer
 */
export async function stopJob(deps: StopJobDeps, job: TrainingJob): Promise<void> {
  if (ENDED.includes(job.status)) throw invalidStatus(`Training job ${job.id} is ${job.status} already`);
  if (await stopWaiting(deps, job)) return;
  if (await deps.jobWriter.requestStop(job.id)) deps.running.askToStop(job.id);
  await untilEnded(deps, job.id);
}

/** False where it does not wait. */
async function stopWaiting(deps: StopJobDeps, job: TrainingJob): Promise<boolean> {
  if (!(await deps.jobWriter.stopWaiting(job.id))) return false;
  deps.pulse.beat(job.id);
  await endMlflowRun(deps, job, "KILLED"); // it may have run before, and waited to go on
  return true;
}

async function untilEnded(deps: StopJobDeps, id: number): Promise<void> {
  const { jobs, pulse, settings } = deps;
  const deadline = performance.now() + settings.stopGraceMs + AFTERWARDS_MS;
  for (;;) {
    const next = pulse.next(id, LOOK_EVERY_MS);
    const job = await jobs.findJob(id);
    if (job?.status === "stopped") return;
    // its trainer was lost just before it heard: it waits to be begun again, perhaps for long
    if (job?.status === "queued" && (await stopWaiting(deps, job))) return;
    if (job !== null && ENDED.includes(job.status)) {
      throw invalidStatus(`Training job ${id} was ${job.status} before it could be stopped`);
    }
    if (performance.now() > deadline) {
      throw new QuatrainError("The job has been told to stop and has not ended yet: look again in a moment", {
        code: "still_stopping",
        status: 503,
        details: { retryAfterS: 10 },
      });
    }
    await next;
  }
}

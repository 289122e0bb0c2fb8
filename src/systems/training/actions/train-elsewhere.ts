import { createHash, randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { PythonWorker } from "../engine/python/python-worker.ts";
import type { WorkerJob } from "../engine/python/worker-answers.ts";
import type { TrainerEnd } from "../engine/run-trainer.ts";
import { serviceUnavailable } from "../engines.ts";
import type { LivePulse } from "../live-pulse.ts";
import type { JobReader } from "../store/job-reader.ts";
import type { JobWriter } from "../store/job-writer.ts";
import type { RunWriter } from "../store/run-writer.ts";
import { ENDED, type TrainingJob } from "../training-job.ts";
import { NotHeard } from "./take-event.ts";
import type { TrainSignals } from "./train-embedded.ts";

export interface TrainElsewhereDeps {
  readonly jobs: JobReader;
  readonly jobWriter: JobWriter;
  readonly runWriter: RunWriter;
  readonly pulse: LivePulse;
  readonly worker: PythonWorker | null;
  /** Address at which the worker reaches this server; null while none is known. */
  readonly selfUrl: () => string | null;
  readonly settings: { readonly threads: number };
}

const LOOK_EVERY_MS = 2_000;
/** Looks at a worker that find nothing, one after the other, before the run counts as lost. */
const MOST_MISSES = 5;

/**
 * Has a Python worker train one attempt. What it says comes to the server as callbacks; here its life is watched. When
 * it resolves, nothing of the attempt runs.
 */
export async function trainElsewhere(
  deps: TrainElsewhereDeps,
  job: TrainingJob,
  signals: TrainSignals,
): Promise<TrainerEnd> {
  const { worker } = deps;
  const serverUrl = deps.selfUrl();
  if (worker === null || serverUrl === null) throw serviceUnavailable("No Python worker is attached");
  const callbackToken = randomBytes(32).toString("hex");
  await deps.jobWriter.setCallbackToken(job, createHash("sha256").update(callbackToken).digest("hex"));
  await worker.stop(job.id, { graceMs: 0 }); // an earlier attempt may have outlived the server; nobody hears it any more
  await worker.start({
    jobId: job.id,
    attempt: job.attempt,
    config: job.config,
    threads: deps.settings.threads,
    resumeFrom: job.resumeFrom,
    initialWeights: null,
    serverUrl,
    callbackToken,
  });
  return watch(deps, worker, job, signals);
}

async function watch(
  deps: TrainElsewhereDeps,
  worker: PythonWorker,
  job: TrainingJob,
  signals: TrainSignals,
): Promise<TrainerEnd> {
  const either = AbortSignal.any([signals.stop, signals.kill]);
  for (let misses = 0; misses < MOST_MISSES; ) {
    if (signals.kill.aborted) {
      await worker.stop(job.id, { graceMs: 0 });
      return { outcome: "killed" };
    }
    if (signals.stop.aborted) {
      const { graceMs, lastWordsMs } = signals;
      const late = new AbortController();
      await Promise.race([
        worker.stop(job.id, { graceMs }),
        delay(graceMs + lastWordsMs, undefined, { signal: late.signal }).catch(() => undefined),
      ]).finally(() => late.abort());
      return endOf(deps, job, { outcome: "stopped", epoch: null });
    }
    await deps.pulse.next(job.id, LOOK_EVERY_MS, either);
    const status = await look(deps, worker, job).catch(() => null);
    if (await hasEnded(deps, job)) throw new NotHeard(job.id); // the worker's last word has written the end
    if (status?.attempt === job.attempt && !status.alive && status.pending === 0) break;
    misses = status === null ? misses + 1 : 0;
    if (status === null) await delay(LOOK_EVERY_MS / 2);
  }
  return {
    outcome: "failed",
    lost: true,
    failure: {
      type: "failed",
      code: "worker_lost",
      message:
        "The Python worker does not run this job any more (its log, and the job's, may say why: often memory)",
      epoch: null,
      traceback: null,
    },
  };
}

/** What the worker knows of the job; how far it is within its epoch, which no callback tells, is recorded. */
async function look(
  deps: TrainElsewhereDeps,
  worker: PythonWorker,
  job: TrainingJob,
): Promise<WorkerJob | null> {
  const now = await worker.status(job.id);
  if (now === null || now.step === null || now.attempt !== job.attempt) return now;
  const { epoch, step, loss, learningRate } = now;
  const speaker = { jobId: job.id, attempt: job.attempt };
  await deps.runWriter.recordStep(speaker, { epoch, step, loss, learningRate });
  deps.pulse.beat(job.id);
  return now;
}

/** The worker's own word comes first, if it has arrived. */
async function endOf(deps: TrainElsewhereDeps, job: TrainingJob, otherwise: TrainerEnd): Promise<TrainerEnd> {
  if (await hasEnded(deps, job)) throw new NotHeard(job.id);
  return otherwise;
}

async function hasEnded({ jobs }: TrainElsewhereDeps, { id, attempt }: TrainingJob): Promise<boolean> {
  const job = await jobs.findJob(id);
  return job === null || ENDED.includes(job.status) || job.attempt !== attempt;
}

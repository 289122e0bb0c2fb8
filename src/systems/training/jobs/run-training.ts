import { z } from "zod";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import type { JobContext, JobDefinition } from "../../../platform/jobs/job-queue.ts";
import { endMlflowRun, followWithMlflow, type MlflowDeps } from "../actions/follow-with-mlflow.ts";
import { TRAINING_TICKET } from "../actions/start-job.ts";
import { logLine, NotHeard } from "../actions/take-event.ts";
import { type TrainElsewhereDeps, trainElsewhere } from "../actions/train-elsewhere.ts";
import { type TrainEmbeddedDeps, trainEmbedded } from "../actions/train-embedded.ts";
import type { TrainerEnd } from "../engine/run-trainer.ts";
import type { RunningJobs } from "../running-jobs.ts";
import type { JobWriter } from "../store/job-writer.ts";
import type { Ending } from "../store/run-writer.ts";
import type { TrainingJob } from "../training-job.ts";

export interface RunTrainingDeps extends TrainEmbeddedDeps, TrainElsewhereDeps, MlflowDeps {
  readonly jobWriter: JobWriter;
  readonly running: RunningJobs;
  readonly settings: TrainEmbeddedDeps["settings"] & {
    readonly slots: number;
    readonly stopGraceMs: number;
  };
}

/** A ticket lives as long as its job needs; how often a job is begun again is the job's own setting. */
const TICKET_ATTEMPTS = 1_000_000;
/** What a server that ends can wait for: a checkpoint of a small model fits, and a large one goes on from its last. */
const DRAIN_GRACE_MS = 2_000;
/** What a worker elsewhere has left to tell after its grace: a server that ends does not take it any more. */
const LAST_WORDS_MS = 60_000;
const DRAIN_LAST_WORDS_MS = 300;
const LOOK_EVERY_MS = 1_000;

/**
 * Trains the first job of the queue. A ticket belongs to no job: whichever waits first when a slot is free is run by it,
 * and stays with it until it ends, whatever happens to the process.
 */
export function runTrainingJob(deps: RunTrainingDeps): JobDefinition<Record<string, never>> {
  return {
    kind: TRAINING_TICKET,
    payload: z.object({}).strict() as z.ZodType<Record<string, never>>,
    maxAttempts: TICKET_ATTEMPTS,
    concurrency: deps.settings.slots,
    async run(context) {
      const claimed = await deps.jobWriter.claimJob(context.jobId);
      if (claimed === null) return { job: null };
      deps.pulse.beat(claimed.job.id);
      await runClaimed(deps, claimed, context);
      return { job: claimed.job.id };
    },
  };
}

async function runClaimed(
  deps: RunTrainingDeps,
  { job, lostProcess }: { job: TrainingJob; lostProcess: boolean },
  context: JobContext,
): Promise<void> {
  if (job.stopRequested) {
    await end(deps, job, { status: "stopped" });
    return endMlflowRun(deps, job, "KILLED");
  }
  if (lostProcess && job.restarts > job.config.maxRestarts) {
    await end(deps, job, lostTooOften(job, job.restarts, SERVER_ENDED));
    return endMlflowRun(deps, job, "FAILED");
  }
  await deps.runWriter.log(job.id, [logLine("info", greeting(job, lostProcess))]);
  const follower = followWithMlflow(deps, job);
  try {
    await deps.running.while(job.id, (stop) => trainUntilEnd(deps, job, context, stop));
  } finally {
    await follower.finish();
  }
}

async function trainUntilEnd(
  deps: RunTrainingDeps,
  job: TrainingJob,
  context: JobContext,
  stop: AbortController,
): Promise<void> {
  const kill = new AbortController();
  const watch = setInterval(() => void lookForStop(deps, job, stop), LOOK_EVERY_MS);
  const onDrain = () => (isSuperseded(context.signal) ? kill : stop).abort();
  if (context.signal.aborted) onDrain();
  context.signal.addEventListener("abort", onDrain);
  const isDraining = () =>
    context.signal.aborted && !isSuperseded(context.signal) && !isCancelled(context.signal);
  try {
    const signals = {
      stop: stop.signal,
      kill: kill.signal,
      get graceMs() {
        return isDraining() ? DRAIN_GRACE_MS : deps.settings.stopGraceMs;
      },
      get lastWordsMs() {
        return isDraining() ? DRAIN_LAST_WORDS_MS : LAST_WORDS_MS;
      },
    };
    const ended =
      job.engine === "python"
        ? await trainElsewhere(deps, job, signals)
        : await trainEmbedded(deps, job, signals);
    const interrupted = ended.outcome === "stopped" || (ended.outcome === "failed" && ended.lost);
    if (interrupted && isDraining()) return await deps.jobWriter.returnJob(job, { lost: false });
    if (ended.outcome === "stopped" && !stop.signal.aborted) return await goOnLater(deps, job);
    if (ended.outcome === "failed" && ended.lost) return await restart(deps, job, ended.failure.message);
    const ending = endingOf(ended);
    if (ending !== null) await end(deps, job, ending);
  } catch (error) {
    if (error instanceof NotHeard) return; // the row belongs to another attempt, or has ended
    if (error instanceof LostTrainer) throw error;
    if (error instanceof QuatrainError && error.status < 500) return await end(deps, job, failureOf(error));
    deps.log.error({ jobId: job.id, err: error }, "a training attempt broke down");
    if (isDraining()) return await deps.jobWriter.returnJob(job, { lost: false });
    await restart(deps, job, inWords(error));
  } finally {
    clearInterval(watch);
    context.signal.removeEventListener("abort", onDrain);
    deps.pulse.beat(job.id);
  }
}

/** A trainer that was killed by somebody else, or broke down: the next attempt goes on where it was. */
async function restart(deps: RunTrainingDeps, job: TrainingJob, reason: string): Promise<void> {
  await deps.runWriter.log(job.id, [logLine("error", reason)]);
  if (job.restarts >= job.config.maxRestarts) {
    return end(deps, job, lostTooOften(job, job.restarts + 1, reason));
  }
  await deps.jobWriter.returnJob(job, { lost: true });
  throw new LostTrainer(reason);
}

/**
 * A trainer that somebody else told to end has done so in good order. A service manager does that when it ends the
 * server with all of its processes, and the server hears of it a moment later.
 */
async function goOnLater(deps: RunTrainingDeps, job: TrainingJob): Promise<void> {
  const reason =
    "The trainer was told to end by somebody else (SIGTERM); the run goes on from its checkpoint";
  await deps.runWriter.log(job.id, [logLine("warning", reason)]);
  await deps.jobWriter.returnJob(job, { lost: false });
  throw new LostTrainer(reason);
}

/** Lets the ticket be tried again after a while: its job waits in the queue until then, and can be stopped. */
class LostTrainer extends Error {}

async function lookForStop(
  { jobs }: RunTrainingDeps,
  job: TrainingJob,
  stop: AbortController,
): Promise<void> {
  try {
    const now = await jobs.findJob(job.id);
    if (now?.stopRequested || now?.attempt !== job.attempt) stop.abort();
  } catch {
    // the database is away for a moment: the next look tells
  }
}

async function end(deps: RunTrainingDeps, job: TrainingJob, ending: Ending): Promise<void> {
  const speaker = { jobId: job.id, attempt: job.attempt };
  await deps.runWriter.log(job.id, [farewell(ending)]);
  await deps.runWriter.end(speaker, ending);
  deps.pulse.beat(job.id);
}

function endingOf(ended: TrainerEnd): Ending | null {
  switch (ended.outcome) {
    case "completed":
      return { status: "completed", finalAccuracy: null };
    case "stopped":
      return { status: "stopped" };
    case "failed":
      return { status: "failed", ...ended.failure };
    case "killed":
      return null; // another attempt took over
  }
}

function failureOf({ code, message }: QuatrainError): Ending {
  return { status: "failed", code, message: `${message}${GO_ON[code] ?? ""}`, traceback: null };
}

/** What follows for the run from faults that others than runs have, too. */
const GO_ON: Readonly<Record<string, string>> = {
  disk_quota_exceeded:
    " The run's last checkpoint is kept: start the job again with resume=true to go on from there.",
};

/** Faults of ours are for the server's log. */
function inWords(error: unknown): string {
  return error instanceof QuatrainError
    ? error.message
    : "The server broke down: its log has the particulars";
}

const SERVER_ENDED = "The server's process ended in the middle of it (killed, crashed or out of memory)";

function lostTooOften({ config }: TrainingJob, times: number, lastReason: string): Ending {
  const often = times === 1 ? "once" : `${times} times`;
  return {
    status: "failed",
    code: "lost_too_often",
    message: `The run broke down ${often} (max_restarts is ${config.maxRestarts}). The last time: ${lastReason}. Start the job again with resume=true to go on from its last checkpoint`,
    traceback: null,
  };
}

function greeting(job: TrainingJob, lostProcess: boolean): string {
  const what = `Starting training: ${job.config.modelName} (${job.config.framework}) for ${job.config.epochs} epochs`;
  if (lostProcess || job.restarts > 0)
    return `The run was interrupted; attempt ${job.attempt} goes on from ${job.resumeFrom ?? "the beginning"}`;
  return job.resumeFrom === null ? what : `${what}, continuing from ${job.resumeFrom}`;
}

function farewell(ending: Ending) {
  if (ending.status === "failed") return logLine("error", ending.message);
  return logLine("info", ending.status === "completed" ? "Training completed" : "Training stopped");
}

function isSuperseded(signal: AbortSignal): boolean {
  return reasonCode(signal) === "job_superseded";
}

function isCancelled(signal: AbortSignal): boolean {
  return reasonCode(signal) === "job_cancelled";
}

function reasonCode(signal: AbortSignal): string | null {
  return signal.aborted && signal.reason instanceof QuatrainError ? signal.reason.code : null;
}

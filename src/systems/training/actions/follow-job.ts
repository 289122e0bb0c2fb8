import type { LivePulse } from "../live-pulse.ts";
import { etaSeconds } from "../progress.ts";
import type { JobReader } from "../store/job-reader.ts";
import type { RunReader } from "../store/run-reader.ts";
import { ENDED, type TrainingJob } from "../training-job.ts";

export interface FollowJobDeps {
  readonly jobs: JobReader;
  readonly runs: RunReader;
  readonly pulse: LivePulse;
  readonly clock: { now(): number };
}

/** One piece of news, as both live channels tell it. */
export interface JobNews {
  readonly type: "training_progress" | "step" | "log" | "status";
  readonly data: Readonly<Record<string, unknown>>;
}

/** How often to look for what other processes wrote. */
const LOOK_EVERY_MS = 1_000;
const LINES_AT_ONCE = 500;
/** Lines that are told first, of what was before. */
const LINES_BEFORE = 100;
const MANY_EPOCHS = 10_000;

/**
 * What happens to a job from now on, and where it stands at first: its state, the last epoch, the last lines. Ends when
 * the job has ended, or with the signal. Reads what is stored, so that it tells the same in every process.
 */
export async function* followJob(
  deps: FollowJobDeps,
  jobId: number,
  signal: AbortSignal,
): AsyncGenerator<JobNews> {
  const [lastLine] = await deps.runs.listLogs(jobId, { limit: LINES_BEFORE });
  let line = (lastLine?.id ?? 1) - 1;
  let told = { status: "", epoch: -1, step: "" };
  while (!signal.aborted) {
    const next = deps.pulse.next(jobId, LOOK_EVERY_MS, signal); // before looking: nothing falls in between
    const job = await deps.jobs.findJob(jobId);
    if (job === null) return;
    for (const entry of await deps.runs.listLogs(jobId, { limit: LINES_AT_ONCE, after: line })) {
      line = entry.id;
      yield {
        type: "log",
        data: {
          id: entry.id,
          log_type: entry.logType,
          level: entry.level,
          message: entry.message,
          created_at: new Date(entry.createdAt).toISOString(),
        },
      };
    }
    const ended = ENDED.includes(job.status);
    const epochs = await newEpochs(deps, job, told.epoch);
    for (const figures of epochs) yield { type: "training_progress", data: figures };
    const step = ended ? null : await deps.runs.lastStep(jobId);
    const stepKey = step === null ? "" : `${step.epoch} ${step.step}`;
    if (step !== null && stepKey !== told.step) {
      yield {
        type: "step",
        data: {
          epoch: step.epoch,
          step: step.step,
          steps_per_epoch: job.runFacts.stepsPerEpoch ?? null,
          loss: step.loss,
          learning_rate: step.learningRate,
        },
      };
    }
    const status = `${job.status} ${job.currentEpoch} ${job.attempt}`;
    if (status !== told.status) yield { type: "status", data: statusOf(job, deps.clock.now()) };
    told = { status, epoch: Math.max(0, told.epoch, ...epochs.map(({ epoch }) => epoch)), step: stepKey };
    if (ended) return;
    await next;
  }
}

/** Those after the last one that was told of; at first the newest. */
async function newEpochs({ runs }: FollowJobDeps, job: TrainingJob, told: number) {
  const figures = await figuresAfter(runs, job.id, told);
  return figures.map(({ epoch, loss, accuracy, learningRate, extra }) => ({
    epoch,
    loss,
    accuracy,
    learning_rate: learningRate,
    extra_metrics: extra,
    total_epochs: job.sent.epochs,
  }));
}

/** More may come while they are counted: none is passed over for that. */
async function figuresAfter(runs: RunReader, jobId: number, told: number) {
  for (let limit = 1; ; ) {
    const figures = await runs.listFigures(jobId, limit, "newest");
    const fresh = figures.filter(({ epoch }) => epoch > told);
    const missing = Math.min(MANY_EPOCHS, (fresh.at(-1)?.epoch ?? told) - told);
    if (told < 0 || missing <= limit) return fresh;
    limit = missing;
  }
}

function statusOf(job: TrainingJob, now: number) {
  return {
    job_id: job.id,
    status: job.status,
    current_epoch: job.currentEpoch,
    total_epochs: job.sent.epochs,
    eta_seconds: etaSeconds(job, now),
    best_metric: job.bestMetric,
    error_message: job.errorMessage,
  };
}

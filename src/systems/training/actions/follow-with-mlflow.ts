import { setTimeout as delay } from "node:timers/promises";
import { settingValues } from "../config/setting-values.ts";
import type { Mlflow } from "../engine/mlflow/mlflow.ts";
import type { LivePulse } from "../live-pulse.ts";
import type { JobReader } from "../store/job-reader.ts";
import type { JobWriter } from "../store/job-writer.ts";
import type { RunReader } from "../store/run-reader.ts";
import type { RunWriter } from "../store/run-writer.ts";
import type { JobStatus, TrainingJob } from "../training-job.ts";
import { logLine } from "./take-event.ts";

export interface MlflowDeps {
  /** Null where no tracking server is configured. */
  readonly mlflow: Mlflow | null;
  readonly jobs: JobReader;
  readonly jobWriter: JobWriter;
  readonly runs: RunReader;
  readonly runWriter: RunWriter;
  readonly pulse: LivePulse;
}

/** Copies a run's figures to MLflow while it goes on. */
export interface MlflowFollower {
  /**
   * Sends what is left and, where the job has ended, how; then stops following. A server that takes long is not waited
   * for: the next job's turn has come.
   */
  finish(): Promise<void>;
}

const LOOK_EVERY_MS = 2_000;
const EPOCHS_AT_ONCE = 1_000;
const FAREWELL_MS = 2_000;
const ENDS: Partial<Record<JobStatus, "FINISHED" | "FAILED" | "KILLED">> = {
  completed: "FINISHED",
  failed: "FAILED",
  stopped: "KILLED",
};
const NOTHING: MlflowFollower = { finish: async () => undefined };

/** Reads what is stored, as every live channel does: nothing of it can hold a run up. */
export function followWithMlflow(deps: MlflowDeps, job: TrainingJob): MlflowFollower {
  const { mlflow } = deps;
  if (mlflow === null) return NOTHING;
  const done = new AbortController();
  let runId: string | null = null;
  let logged = 0;

  const warn = (warnings: readonly string[]) => warnOf(deps, job, warnings);
  const begin = async () => {
    if (job.mlflowRunId !== null) {
      runId = job.mlflowRunId;
      logged = Math.max(0, job.currentEpoch - 1); // the last one may not have arrived before
      return warn(await mlflow.resumeRun(runId));
    }
    const { runId: made, warnings } = await mlflow.createRun(newRun(job));
    runId = made;
    if (made !== null) await deps.jobWriter.setMlflowRun(job.id, made);
    await warn(warnings);
  };
  const catchUp = async () => {
    const figures = await deps.runs.listFigures(job.id, EPOCHS_AT_ONCE, "newest");
    for (const { epoch, loss, accuracy, learningRate, extra } of figures) {
      if (epoch <= logged || runId === null) continue;
      const metrics = { loss, accuracy, learning_rate: learningRate, ...extra };
      await warn(await mlflow.logEpoch(runId, epoch, numbersOf(metrics)));
      logged = epoch;
    }
  };
  const follow = async () => {
    await begin();
    while (!done.signal.aborted) {
      await deps.pulse.next(job.id, LOOK_EVERY_MS, done.signal);
      await catchUp();
    }
  };
  const following = follow().catch((error: unknown) => warn([`MLflow: ${String(error)}`]));
  const sendRest = async () => {
    await following;
    await catchUp();
    const now = await deps.jobs.findJob(job.id);
    const end = now === null ? undefined : ENDS[now.status];
    if (runId !== null && end !== undefined) await warn(await mlflow.endRun(runId, end));
  };

  return {
    finish() {
      done.abort();
      return withinFarewell(sendRest());
    },
  };
}

/** Tells of the end of a job whose run had begun, and which ended without running again. */
export async function endMlflowRun(
  deps: Pick<MlflowDeps, "mlflow" | "runWriter">,
  job: TrainingJob,
  status: "FAILED" | "KILLED",
): Promise<void> {
  const { mlflow } = deps;
  if (mlflow === null || job.mlflowRunId === null) return;
  const ending = mlflow.endRun(job.mlflowRunId, status);
  await withinFarewell(ending.then((warnings) => warnOf(deps, job, warnings)));
}

/** Resolves after a while in any case. What goes wrong later, when the database may be closed, is nobody's business. */
async function withinFarewell(work: Promise<void>): Promise<void> {
  const quiet = work.catch(() => undefined);
  await Promise.race([quiet, delay(FAREWELL_MS, undefined, { ref: false })]);
}

async function warnOf(
  { runWriter }: Pick<MlflowDeps, "runWriter">,
  { id }: TrainingJob,
  warnings: readonly string[],
): Promise<void> {
  if (warnings.length === 0) return;
  await runWriter.log(
    id,
    warnings.map((warning) => logLine("warning", warning)),
  );
}

function newRun({ id, experimentName, config, sent, tags, snapshot }: TrainingJob) {
  return {
    name: experimentName ?? `job ${id}`,
    tags: {
      "quatrain.job_id": String(id),
      ...(snapshot === null ? {} : { "quatrain.dataset": snapshot }),
      ...Object.fromEntries(tags.map((tag) => [`tag.${tag}`, "true"])),
    },
    params: {
      framework: config.framework,
      model_name: config.modelName,
      task_type: config.taskType,
      num_classes: config.numClasses,
      epochs: sent.epochs,
      batch_size: sent.batchSize,
      ...settingValues(config),
    },
  };
}

function numbersOf(metrics: Readonly<Record<string, number | null>>): Record<string, number> {
  const known = Object.entries(metrics).filter((entry): entry is [string, number] => entry[1] !== null);
  return Object.fromEntries(known);
}

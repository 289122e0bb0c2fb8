import { setTimeout as delay } from "node:timers/promises";
import type { JobQueue } from "../../../platform/jobs/job-queue.ts";
import type { BlobStore } from "../blob-store.ts";
import type { Engine } from "../config/frameworks.ts";
import type { PythonWorker } from "../engine/python/python-worker.ts";
import { chooseEngine } from "../engines.ts";
import { checkpointNotFound, datasetNotFound, fieldFault, invalidStatus } from "../errors.ts";
import type { LivePulse } from "../live-pulse.ts";
import type { JobReader } from "../store/job-reader.ts";
import type { JobWriter, Start } from "../store/job-writer.ts";
import type { TrainingJob } from "../training-job.ts";
import type { Viewer } from "../viewer.ts";
import { type FindCheckpointDeps, type FoundCheckpoint, findCheckpointByPath } from "./find-checkpoint.ts";
import { type FreezeDeps, freezeDataset } from "./freeze-dataset.ts";

export interface StartJobDeps extends FindCheckpointDeps, FreezeDeps {
  readonly jobs: JobReader;
  readonly jobWriter: JobWriter;
  readonly queue: JobQueue;
  readonly blobs: BlobStore;
  readonly worker: PythonWorker | null;
  readonly pulse: LivePulse;
  readonly settings: { readonly slots: number };
}

export interface StartWish {
  readonly checkpointPath: string | null;
  readonly resume: boolean;
  readonly priority: number | null;
}

/** The kind of the tickets in the platform's queue: each one lets one waiting job run. */
export const TRAINING_TICKET = "training.run";

/** A slot that is free takes the job within this time; a worker elsewhere may need longer, and then it is queued. */
const SOON_MS = 2_000;
const LOOK_EVERY_MS = 50;

/**
 * Puts a job into the queue and waits for a moment, so that the answer says `running` where a slot was free.
 * @throws QuatrainError `invalid_status` (409), `checkpoint_not_found`, `dataset_not_found` (404),
 * `training_service_unavailable` (503: the job stays as it is)
 */
export async function startJob(
  deps: StartJobDeps,
  job: TrainingJob,
  wish: StartWish,
  viewer: Viewer,
): Promise<TrainingJob> {
  demandStartable(job);
  const named =
    wish.checkpointPath === null ? null : await findCheckpointByPath(deps, wish.checkpointPath, job, viewer);
  if (!wish.resume && named !== null && !named.checkpoint.name.endsWith(".safetensors")) {
    throw fieldFault(
      "checkpoint_path",
      "A checkpoint of the Python worker can be resumed, not begun with: send resume=true",
    );
  }
  const resumeFrom = wish.resume ? await resumePoint(deps, job, named) : null;
  const engine = await engineFor(deps, job, resumeFrom ?? named?.checkpoint.name ?? null);
  const choice = {
    engine,
    classes: job.classes,
    resumeFrom,
    beginWith: wish.resume || named === null ? null : `${named.job.id}/${named.checkpoint.name}`,
    priority: wish.priority,
    fresh: resumeFrom === null,
  };
  const queued = await deps.blobs.whileHolding(() => putInQueue(deps, job, choice));
  deps.pulse.beat(job.id);
  return soonRunning(deps, queued);
}

/** Freezes what is trained on and queues the job with it. */
async function putInQueue(
  deps: StartJobDeps,
  job: TrainingJob,
  choice: Omit<Start, "snapshot">,
): Promise<TrainingJob> {
  const snapshot = await snapshotFor(deps, job, !choice.fresh);
  const queued = await deps.jobWriter.queueJob(job.id, { ...choice, snapshot }, (tx) =>
    deps.queue.enqueue(tx, TRAINING_TICKET, {}),
  );
  // what the job trained on before, or what was frozen for nothing; deleted once this is over, or by the daily sweep
  const unused = queued === null ? snapshot : job.snapshot;
  if (unused !== null && unused !== queued?.snapshot) await deps.blobs.release(unused);
  if (queued !== null) return queued;
  throw invalidStatus(`Training job ${job.id} was started or deleted by somebody else`);
}

function demandStartable({ id, status }: TrainingJob): void {
  if (["pending", "stopped", "failed"].includes(status)) return;
  const why = status === "completed" ? "make a new job to train again" : "stop it first to start it again";
  throw invalidStatus(`Training job ${id} is ${status}: ${why}`);
}

async function resumePoint(
  { jobs }: StartJobDeps,
  job: TrainingJob,
  named: FoundCheckpoint | null,
): Promise<string> {
  if (named !== null && named.job.id !== job.id) {
    throw checkpointNotFound(
      "A run is resumed from a checkpoint of its own: send resume=false to begin with the weights of another job",
    );
  }
  if (named !== null) return named.checkpoint.name;
  const last = (await jobs.listCheckpoints(job.id)).find(({ roles }) => roles.includes("last"));
  if (last !== undefined) return last.name;
  throw checkpointNotFound(
    `Training job ${job.id} has no checkpoint to resume from: start it without resume`,
  );
}

/** A run goes on with the engine that wrote its checkpoint, and begins with weights that its engine can read. */
async function engineFor(deps: StartJobDeps, job: TrainingJob, checkpoint: string | null): Promise<Engine> {
  const { framework, modelName, taskType } = job.sent;
  if (checkpoint?.endsWith(".safetensors")) return "embedded";
  return chooseEngine({ framework, modelName, taskType }, deps.worker);
}

/** A run that goes on keeps its frozen dataset, a fresh one freezes it anew. */
async function snapshotFor(deps: StartJobDeps, job: TrainingJob, goesOn: boolean): Promise<string> {
  const held = job.snapshot !== null && (await deps.datasetWriter.holdsSnapshot(job.snapshot));
  if (goesOn && held) return job.snapshot!;
  const dataset = job.datasetId === null ? null : await deps.datasets.findDataset(job.datasetId);
  if (dataset === null) {
    if (held) return job.snapshot!;
    throw datasetNotFound(job.datasetId ?? "");
  }
  if (JSON.stringify(dataset.classes) !== JSON.stringify(job.classes)) {
    throw invalidStatus(
      `The dataset's classes have changed since training job ${job.id} was made: make a new job`,
    );
  }
  return (await freezeDataset(deps, dataset)).hash;
}

async function soonRunning({ jobs, settings }: StartJobDeps, queued: TrainingJob): Promise<TrainingJob> {
  const { running } = await jobs.queue();
  if (running.filter(({ id }) => id !== queued.id).length >= settings.slots) {
    return (await jobs.findJob(queued.id)) ?? queued;
  }
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    const job = await jobs.findJob(queued.id);
    if (job === null || job.status !== "queued" || waited >= SOON_MS) return job ?? queued;
    await delay(LOOK_EVERY_MS);
  }
}

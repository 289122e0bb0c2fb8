import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { blobKey } from "../dataset-record.ts";
import type { ManifestImage } from "../datasets/manifest.ts";
import { eachAtOnce } from "../datasets/paths/at-once.ts";
import type { TrainerImage, TrainerTask } from "../engine/port.ts";
import { runTrainer, type TrainerEnd } from "../engine/run-trainer.ts";
import type { JobReader } from "../store/job-reader.ts";
import { checkpointKey, type TrainingJob } from "../training-job.ts";
import { readManifest } from "./freeze-dataset.ts";
import { type ModelWeightsDeps, weightsFor } from "./model-weights.ts";
import { logLine, type Run, type TakeEventDeps, takeEvent } from "./take-event.ts";

export interface TrainEmbeddedDeps extends TakeEventDeps, ModelWeightsDeps {
  readonly jobs: JobReader;
  /** Folder for work under way; not the store's. */
  readonly scratchDir: string;
  readonly settings: ModelWeightsDeps["settings"] & { readonly threads: number };
}

export interface TrainSignals {
  /** Write a checkpoint and end. */
  readonly stop: AbortSignal;
  /** End at once. */
  readonly kill: AbortSignal;
  /** From `stop` until it is ended; asked when `stop` comes. */
  readonly graceMs: number;
  /** How long what a trainer elsewhere has left to tell is waited for after that. */
  readonly lastWordsMs: number;
}

/** Pictures that are fetched side by side, where the store is no folder of this machine. */
const FETCHED_AT_ONCE = 8;

/** Trains one attempt in a process of its own. When it resolves, nothing of it runs and all it said is stored. */
export async function trainEmbedded(
  deps: TrainEmbeddedDeps,
  job: TrainingJob,
  signals: TrainSignals,
): Promise<TrainerEnd> {
  await mkdir(deps.scratchDir, { recursive: true });
  await forgetEarlier(deps.scratchDir, job);
  const folder = await mkdtemp(join(deps.scratchDir, `job-${job.id}-`));
  try {
    const manifest = await readManifest(deps.store, job.snapshot!);
    const run: Run = {
      job,
      speaker: { jobId: job.id, attempt: job.attempt },
      hashes: new Map(manifest.images.map(({ path, sha256 }) => [path, sha256])),
    };
    const task = await prepareTask(deps, job, manifest.images, folder);
    return await runTrainer(task, {
      stop: signals.stop,
      kill: signals.kill,
      get graceMs() {
        return signals.graceMs; // asked when it begins: a server that ends has less time
      },
      onEvent: (event) => takeEvent(deps, run, event),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An attempt whose process was killed leaves its folder behind. */
async function forgetEarlier(scratchDir: string, { id }: TrainingJob): Promise<void> {
  for (const name of await readdir(scratchDir)) {
    if (name.startsWith(`job-${id}-`)) await rm(join(scratchDir, name), { recursive: true, force: true });
  }
}

async function prepareTask(
  deps: TrainEmbeddedDeps,
  job: TrainingJob,
  images: readonly ManifestImage[],
  folder: string,
): Promise<TrainerTask> {
  const workDir = join(folder, "work");
  await mkdir(workDir);
  const resumeFrom =
    job.resumeFrom === null
      ? null
      : await here(deps, checkpointKey(job, job.resumeFrom), join(folder, "resume.safetensors"));
  return {
    jobId: job.id,
    attempt: job.attempt,
    config: job.config,
    classes: job.classes,
    images: await trainerImages(deps, images, folder),
    workDir,
    resumeFrom,
    initialWeights: resumeFrom === null ? await initialWeights(deps, job, folder) : null,
    threads: deps.settings.threads,
  };
}

/** Weights to begin with: of another checkpoint, or those stored for the model. */
async function initialWeights(
  deps: TrainEmbeddedDeps,
  job: TrainingJob,
  folder: string,
): Promise<string | null> {
  const [otherId, name] = job.beginWith?.split("/") ?? [];
  if (otherId !== undefined && name !== undefined) {
    const other = await deps.jobs.findJob(Number(otherId));
    if (other !== null) return here(deps, checkpointKey(other, name), join(folder, "begin.safetensors"));
  }
  const { path, warnings } = await weightsFor(deps, job.config);
  for (const warning of warnings) await deps.runWriter.log(job.id, [logLine("warning", warning)]);
  return path;
}

/** Pictures with labels, as files of this machine. */
async function trainerImages(
  deps: TrainEmbeddedDeps,
  images: readonly ManifestImage[],
  folder: string,
): Promise<TrainerImage[]> {
  const labelled = images.filter(({ label }) => label >= 0);
  const files = new Map<string, string>();
  const fetched = join(folder, "blobs");
  await mkdir(fetched);
  const hashes = [...new Set(labelled.map(({ sha256 }) => sha256))];
  await eachAtOnce(hashes, FETCHED_AT_ONCE, async (sha256) => {
    files.set(sha256, await here(deps, blobKey(sha256), join(fetched, sha256)));
  });
  return labelled.map(({ path, split, label, boxes, sha256 }) => ({
    path,
    split,
    label,
    boxes,
    file: files.get(sha256)!,
  }));
}

/** The file's path on this machine; fetched where the store is elsewhere. */
async function here({ store }: TrainEmbeddedDeps, key: string, target: string): Promise<string> {
  const local = store.localPath(key);
  if (local !== null) return local;
  await pipeline(await store.open(key), createWriteStream(target));
  return target;
}

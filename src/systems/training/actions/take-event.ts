import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import type { Clock } from "../../../platform/ports.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import type { ImageResult, TrainerCheckpoint, TrainerEvent, TrainerValidation } from "../engine/port.ts";
import type { LivePulse } from "../live-pulse.ts";
import type { RunWriter, Speaker } from "../store/run-writer.ts";
import { checkpointKey, type TrainingJob } from "../training-job.ts";

export interface TakeEventDeps {
  readonly store: FileStore;
  readonly runWriter: RunWriter;
  readonly pulse: LivePulse;
  readonly clock: Clock;
}

/** Where a run is heard from, and what is known of its pictures. */
export interface Run {
  readonly job: TrainingJob;
  readonly speaker: Speaker;
  /** Hashes of the frozen pictures by path. */
  readonly hashes: ReadonlyMap<string, string>;
}

/** The attempt was overtaken by another one, or the job ended: the trainer has to end. */
export class NotHeard extends Error {
  constructor(jobId: number) {
    super(`training job ${jobId} does not listen to this attempt any more`);
    this.name = "NotHeard";
  }
}

/**
 * Stores what a trainer of this machine says, files included. When it resolves, it is on disk.
 * @throws NotHeard
 */
export async function takeEvent(deps: TakeEventDeps, run: Run, event: TrainerEvent): Promise<void> {
  const heard = await stored(deps, run, event);
  if (!heard) throw new NotHeard(run.job.id);
  deps.pulse.beat(run.job.id);
}

async function stored(deps: TakeEventDeps, run: Run, event: TrainerEvent): Promise<boolean> {
  const { runWriter } = deps;
  const { speaker, job } = run;
  switch (event.type) {
    case "started": {
      const { parameters, trainImages, validationImages, stepsPerEpoch, firstEpoch, effective } = event;
      const begunAt = deps.clock.now();
      const facts = { parameters, trainImages, validationImages, stepsPerEpoch, firstEpoch, begunAt };
      return runWriter.begin(speaker, facts, effective);
    }
    case "log":
      await runWriter.log(job.id, [logLine(event.level, event.message)]);
      return true;
    case "step":
      return runWriter.recordStep(speaker, event);
    case "epoch":
      return runWriter.recordEpoch(speaker, event);
    case "validation":
      return storeValidation(deps, run, event);
    case "checkpoint":
      return storeCheckpoint(deps, run, event);
    default:
      return true; // its end is for whoever runs it
  }
}

/** A line of the log as it is shown: errors and warnings are standard error's. */
export function logLine(level: "info" | "warning" | "error", message: string) {
  return {
    logType: level === "info" ? "stdout" : "stderr",
    level,
    message: `[${level.toUpperCase()}] ${message}`,
  };
}

async function storeValidation(
  { runWriter }: TakeEventDeps,
  { speaker, job, hashes }: Run,
  { epoch, report, imagesFile }: TrainerValidation,
): Promise<boolean> {
  const images: (ImageResult & { sha256: string | null })[] = [];
  for await (const line of createInterface({ input: createReadStream(imagesFile) })) {
    if (line === "") continue;
    const result = JSON.parse(line) as ImageResult;
    images.push({ ...result, sha256: hashes.get(result.path) ?? null });
  }
  const value = job.primaryMetric === "loss" ? report.loss : (report.metrics[job.primaryMetric] ?? null);
  return runWriter.recordValidation(speaker, { epoch, value, report, images });
}

async function storeCheckpoint(
  { runWriter, store }: TakeEventDeps,
  { speaker, job }: Run,
  { roles, epoch, file, sha256, bytes, metric }: TrainerCheckpoint,
): Promise<boolean> {
  const name = nameOf(epoch, basename(file), job.attempt);
  await store.adopt(checkpointKey(job, name), file);
  const unneeded = await runWriter.recordCheckpoint(
    speaker,
    { name, epoch, roles, metric, bytes, sha256 },
    job.config.keepCheckpoints,
  );
  for (const old of unneeded ?? []) await store.delete(checkpointKey(job, old));
  return unneeded !== null;
}

/**
 * `epoch_0003_run_1.safetensors`, `epoch_0003_step_20_run_1.safetensors`: each attempt has names of its own, since a
 * killed one may leave a file behind whose row was never written.
 */
function nameOf(epoch: number, file: string, attempt: number): string {
  const step = Number(/step-(\d+)/.exec(file)?.[1] ?? 0);
  const ending = /\.[a-z]+$/.exec(file)?.[0] ?? ".safetensors";
  return `epoch_${String(epoch).padStart(4, "0")}${step === 0 ? "" : `_step_${step}`}_run_${attempt}${ending}`;
}

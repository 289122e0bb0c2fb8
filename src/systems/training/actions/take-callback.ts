import { z } from "zod";
import { initialEffect } from "../config/initial-effect.ts";
import { fieldFault } from "../errors.ts";
import type { Speaker } from "../store/run-writer.ts";
import { type CheckpointRole, checkpointKey, type TrainingJob } from "../training-job.ts";
import { readManifest } from "./freeze-dataset.ts";
import { logLine, type TakeEventDeps } from "./take-event.ts";
import {
  numbersOf,
  printed,
  toldCheckpoint,
  toldImage,
  toldStarted,
  toldStep,
  toldValidation,
} from "./told-events.ts";

export interface Callback {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Null where the sender counts none. */
  readonly attempt: number | null;
  readonly sequence: number | null;
}

/** Results of pictures are about 300 bytes each. */
const MAX_RESULTS_BYTES = 256 * 2 ** 20;
const MAX_LOG_TYPE = 20;
const MAX_CODE = 100;
const number = z.number().nullish().catch(null);
const text = z
  .string()
  .transform((words) => printed(words))
  .nullish()
  .catch(null);

/** Plain fields of the contract, in all their spellings. */
const plain = z.looseObject({
  epoch: z.number().int().min(0).max(1_000_000).nullish(),
  loss: number,
  accuracy: number,
  learning_rate: number,
  extra_metrics: z.record(z.string(), z.unknown()).nullish().catch(null),
  metrics: z.record(z.string(), z.unknown()).nullish().catch(null),
  message: text,
  error_message: text,
  error: text,
  traceback: text,
  level: text,
  log_type: text,
  code: text,
  final_accuracy: number,
});
type Plain = z.output<typeof plain>;

/**
 * Stores what a trainer elsewhere says. An event that comes twice changes nothing; one of an older attempt, or of a job
 * that has ended, is taken and dropped. When it resolves, it is on disk.
 * @throws InvalidInput (422) for events that nobody knows
 */
export async function takeCallback(
  deps: TakeEventDeps,
  job: TrainingJob,
  { event, data, attempt, sequence }: Callback,
): Promise<void> {
  const speaker: Speaker = { jobId: job.id, attempt };
  const parsed = plain.safeParse(data);
  if (!parsed.success) {
    const [{ path = [], message = "" } = {}] = parsed.error.issues;
    throw fieldFault(["data", ...path].join("."), message);
  }
  const typed = z.record(z.string(), z.unknown()).safeParse(data.event);
  const told = typed.success ? typed.data : null;
  const handler = Object.hasOwn(HANDLERS, event) ? HANDLERS[event] : undefined;
  if (handler === undefined) {
    throw fieldFault("event", `There is no such event: ${Object.keys(HANDLERS).join(", ")}`);
  }
  await handler({ deps, job, speaker, plain: parsed.data, told, sequence });
  deps.pulse.beat(job.id);
}

interface Situation {
  readonly deps: TakeEventDeps;
  readonly job: TrainingJob;
  readonly speaker: Speaker;
  readonly plain: Plain;
  /** The event in the trainers' own words; null from senders that know only the contract. */
  readonly told: Readonly<Record<string, unknown>> | null;
  readonly sequence: number | null;
}

const HANDLERS: Readonly<Record<string, (situation: Situation) => Promise<unknown>>> = {
  started: begin,
  epoch_complete: recordEpoch,
  step: recordStep,
  log: writeLine,
  validation: recordValidation,
  checkpoint: recordCheckpoint,
  completed: async ({ deps, speaker, plain: { final_accuracy, accuracy } }) =>
    deps.runWriter.end(speaker, {
      status: "completed",
      finalAccuracy: final_accuracy ?? accuracy ?? null,
    }),
  stopped: stop,
  failed: fail,
};

async function begin({ deps, job, speaker, told }: Situation): Promise<void> {
  const facts = understood(toldStarted, told ?? {});
  const { parameters, trainImages, validationImages, stepsPerEpoch, firstEpoch, effective } = facts;
  await deps.runWriter.begin(
    speaker,
    {
      parameters,
      trainImages,
      validationImages,
      stepsPerEpoch,
      firstEpoch: firstEpoch ?? 1,
      begunAt: deps.clock.now(),
    },
    // a worker tells only where it differs from what was to be expected of it
    effective === undefined ? null : { ...initialEffect(job.config, "python"), ...effective },
  );
}

async function recordEpoch({ deps, speaker, plain: fields, told }: Situation): Promise<void> {
  const { epoch } = fields;
  if (epoch == null) throw fieldFault("data.epoch", "Field required");
  await deps.runWriter.recordEpoch(speaker, {
    epoch,
    loss: fields.loss ?? null,
    accuracy: fields.accuracy ?? null,
    learningRate: fields.learning_rate ?? null,
    extra: numbersOf({ ...fields.metrics, ...fields.extra_metrics, ...asRecord(told?.extra) }),
  });
}

async function recordStep({ deps, speaker, told }: Situation): Promise<void> {
  if (told === null) return;
  const { epoch, step: at, loss, learningRate } = understood(toldStep, told);
  await deps.runWriter.recordStep(speaker, {
    epoch,
    step: at,
    loss: loss ?? null,
    learningRate: learningRate ?? null,
  });
}

async function writeLine({ deps, job, speaker, plain: fields, sequence }: Situation): Promise<void> {
  const { message, level, log_type: logType } = fields;
  if (message == null) throw fieldFault("data.message", "Field required");
  const word = level?.toLowerCase();
  const known = word === "warning" || word === "error" ? word : "info";
  const { logType: usual } = logLine(known, message);
  const line = { logType: logType?.slice(0, MAX_LOG_TYPE) ?? usual, level: known, message };
  const delivery = sequence === null ? undefined : { attempt: speaker.attempt ?? 0, sequence };
  await deps.runWriter.log(job.id, [line], delivery);
}

/** Reports are told whole; the results of single pictures come as a file, which was uploaded before. */
async function recordValidation({ deps, job, speaker, plain: fields, told }: Situation): Promise<void> {
  const whole = told?.report == null ? null : understood(toldValidation, told);
  const epoch = whole?.epoch ?? fields.epoch;
  if (epoch == null) throw fieldFault("data.epoch", "Field required");
  if (whole === null) {
    const { loss, accuracy } = fields;
    const extra = numbersOf({ ...fields.metrics, val_loss: loss, val_accuracy: accuracy });
    await deps.runWriter.recordEpoch(speaker, {
      epoch,
      loss: null,
      accuracy: accuracy ?? null,
      learningRate: null,
      extra,
    });
    return;
  }
  const { report, imagesFile } = whole;
  const file = imagesFile == null ? null : safeName(imagesFile);
  const images = file === null ? [] : await readResults(deps, job, file);
  const value = job.primaryMetric === "loss" ? report.loss : (report.metrics[job.primaryMetric] ?? null);
  await deps.runWriter.recordValidation(speaker, { epoch, value, report, images });
  if (file !== null) await deps.store.delete(checkpointKey(job, file));
}

async function readResults({ store }: TakeEventDeps, job: TrainingJob, file: string) {
  const key = checkpointKey(job, file);
  const known = await store.stat(key);
  if (known === null) return []; // taken at an earlier delivery
  if (known.bytes > MAX_RESULTS_BYTES)
    throw fieldFault("data.event.imagesFile", `The file has more than ${MAX_RESULTS_BYTES} bytes`);
  const lines = (await store.read(key)).toString("utf8").split("\n");
  const manifest = job.snapshot === null ? null : await readManifest(store, job.snapshot);
  const hashes = new Map(manifest?.images.map(({ path, sha256 }) => [path, sha256]));
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const result = resultOf(line);
      return { ...result, sha256: hashes.get(result.path) ?? null };
    });
}

async function recordCheckpoint({ deps, job, speaker, told }: Situation): Promise<void> {
  if (told?.file === undefined) return; // a sender that keeps its checkpoints to itself
  const { roles, epoch, file, sha256, bytes, metric } = understood(toldCheckpoint, told);
  const name = safeName(file);
  const stored = await deps.store.stat(checkpointKey(job, name));
  if (stored === null || stored.bytes !== bytes) {
    throw fieldFault("data.event.file", `The file ${name} was not uploaded, or not whole`);
  }
  const unneeded = await deps.runWriter.recordCheckpoint(
    speaker,
    { name, epoch, roles: roles as CheckpointRole[], metric: metric ?? null, bytes, sha256 },
    job.config.keepCheckpoints,
  );
  for (const old of unneeded ?? []) {
    await deps.store.delete(checkpointKey(job, old));
    await deps.store.delete(checkpointKey(job, onnxBeside(old)));
  }
}

/** A worker may be told to end by others than us, and then its run goes on: whoever watches it sees to that. */
async function stop({ deps, job, speaker }: Situation): Promise<void> {
  if (isWatched(job) && !job.stopRequested) return;
  await deps.runWriter.end(speaker, { status: "stopped" });
}

/** Trained by a worker that a process of ours watches. */
function isWatched({ engine, ticket }: TrainingJob): boolean {
  return engine === "python" && ticket !== null;
}

async function fail({ deps, job, speaker, plain: fields, told }: Situation): Promise<void> {
  const toldText = (name: string) =>
    typeof told?.[name] === "string" ? printed(told[name] as string) : null;
  const message =
    toldText("message") ?? fields.error_message ?? fields.message ?? fields.error ?? "The trainer failed";
  if (told?.lost === true && isWatched(job)) {
    // its process was killed or broke down: whoever watches it begins the next attempt
    await deps.runWriter.log(job.id, [logLine("error", message)]);
    return;
  }
  const heard = await deps.runWriter.end(speaker, {
    status: "failed",
    code: (toldText("code") ?? fields.code ?? "trainer_fault").slice(0, MAX_CODE),
    message,
    traceback: toldText("traceback") ?? fields.traceback ?? null,
  });
  if (heard) await deps.runWriter.log(job.id, [logLine("error", message)]);
}

/** The model for predictions beside a checkpoint that only Python reads. */
export function onnxBeside(name: string): string {
  return name.replace(/\.[a-z]+$/, ".onnx");
}

/** A file name of a trainer elsewhere: one segment, nothing clever. @throws InvalidInput (422) */
export function safeName(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(name)) return name;
  throw fieldFault("name", "Input should be a plain file name: letters, digits, dots, dashes");
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** What a trainer tells, as we need it. @throws InvalidInput (422) naming what is wrong with it */
function understood<Told>(
  schema: z.ZodType<Told>,
  told: unknown,
  at: readonly string[] = ["data", "event"],
): Told {
  const parsed = schema.safeParse(told);
  if (parsed.success) return parsed.data;
  const [{ path = [], message = "" } = {}] = parsed.error.issues;
  throw fieldFault([...at, ...path.map(String)].join("."), message);
}

function resultOf(line: string) {
  const at = ["data", "event", "imagesFile"];
  try {
    return understood(toldImage, JSON.parse(line), at);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw fieldFault(at.join("."), "A line of the file is not valid JSON");
  }
}

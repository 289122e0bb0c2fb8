import { decodeProbed, probeWithin } from "../../../ml/images/decode-picture.ts";
import type { PictureLimits } from "../../../ml/images/picture-errors.ts";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import type { UploadedFile } from "../../../platform/http/uploads.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import { VERSION } from "../../../platform/version.ts";
import type { CheckpointFacts } from "../engine/checkpoint.ts";
import { exportCheckpoint, type Predictor, type StoredCheckpoint } from "../engine/predict.ts";
import { checkpointNotFound, fieldFault } from "../errors.ts";
import { REQUEST_MEMORY } from "../memory-budget.ts";
import type { JobReader } from "../store/job-reader.ts";
import { type Checkpoint, checkpointKey, type TrainingJob } from "../training-job.ts";
import type { Viewer } from "../viewer.ts";
import { type FindCheckpointDeps, findBestCheckpoint, findCheckpointByPath } from "./find-checkpoint.ts";
import { onnxBeside } from "./take-callback.ts";

export interface TestInferenceDeps extends FindCheckpointDeps {
  readonly jobs: JobReader;
  readonly store: FileStore;
  readonly predictor: Predictor;
  readonly limits: PictureLimits;
}

export interface InferenceWish {
  readonly topK: number;
  readonly threshold: number;
  readonly epoch: number | undefined;
  readonly checkpointPath: string | undefined;
}

export interface Guess {
  readonly label: string;
  readonly labelId: number;
  readonly confidence: number;
}

export interface InferenceOutcome {
  readonly job: TrainingJob;
  readonly checkpoint: Checkpoint;
  /** One per file, in their order. */
  readonly results: readonly {
    readonly filename: string;
    readonly guesses: Guess[];
    readonly error: string | null;
  }[];
  readonly milliseconds: number;
}

/**
 * What a trained model makes of pictures. One picture that cannot be read fails the request; of several it fails alone.
 * @throws QuatrainError `checkpoint_not_found` (404), `undecodable_image` (400)
 */
export async function testInference(
  deps: TestInferenceDeps,
  near: TrainingJob,
  files: readonly UploadedFile[],
  wish: InferenceWish,
  viewer: Viewer,
  signal: AbortSignal,
): Promise<InferenceOutcome> {
  if (near.sent.taskType !== "image_classification") {
    throw fieldFault(
      "training_job_id",
      "Predictions are for image_classification here: export the model to use it for detection",
    );
  }
  const { job, checkpoint } = await chosen(deps, near, wish, viewer);
  const stored = await storedModel(deps, job, checkpoint);
  const began = performance.now();
  const results = [];
  for (const file of files) {
    try {
      const guesses = await REQUEST_MEMORY.files.while(file.bytes, () =>
        guess(deps, stored, file, wish, signal),
      );
      results.push({ filename: file.filename, guesses, error: null });
    } catch (error) {
      const isPictures = error instanceof QuatrainError && error.status === 400;
      if (!isPictures || files.length === 1) throw error;
      results.push({ filename: file.filename, guesses: [], error: error.message });
    }
  }
  return { job, checkpoint, results, milliseconds: performance.now() - began };
}

/** What the model makes of one picture, once there is room for its pixels. */
async function guess(
  { limits, predictor }: TestInferenceDeps,
  stored: StoredCheckpoint,
  file: UploadedFile,
  wish: InferenceWish,
  signal: AbortSignal,
): Promise<Guess[]> {
  const bytes = await file.read();
  const header = await probeWithin(bytes, limits);
  return REQUEST_MEMORY.pictures.while(header.width * header.height, async () => {
    const picture = await decodeProbed(bytes, header);
    const { facts, probabilities } = await predictor.predict(stored, [picture], { signal });
    return guessesOf(probabilities[0]!, facts.classes, wish);
  });
}

/** The ONNX file of a job's model. @throws QuatrainError `checkpoint_not_found` (404), `checkpoint_unreadable` (422) */
export async function exportModel(
  { jobs, store }: Pick<TestInferenceDeps, "jobs" | "store">,
  job: TrainingJob,
  name: string | undefined,
): Promise<{ readonly onnx: Uint8Array; readonly checkpoint: Checkpoint }> {
  const checkpoint =
    name === undefined
      ? await findBestCheckpoint(jobs, job)
      : (await jobs.listCheckpoints(job.id)).find((candidate) => candidate.name === name);
  if (checkpoint === undefined) throw checkpointNotFound(`Training job ${job.id} has no checkpoint ${name}`);
  if (isOurs(checkpoint)) {
    const onnx = await exportCheckpoint(await store.read(checkpointKey(job, checkpoint.name)));
    return { onnx, checkpoint };
  }
  return { onnx: await readOnnx(store, job, checkpoint), checkpoint };
}

async function chosen(deps: TestInferenceDeps, job: TrainingJob, wish: InferenceWish, viewer: Viewer) {
  if (wish.checkpointPath !== undefined) return findCheckpointByPath(deps, wish.checkpointPath, job, viewer);
  return { job, checkpoint: await findBestCheckpoint(deps.jobs, job, wish.epoch) };
}

async function storedModel(
  { store }: TestInferenceDeps,
  job: TrainingJob,
  checkpoint: Checkpoint,
): Promise<StoredCheckpoint> {
  const { sha256 } = checkpoint;
  if (isOurs(checkpoint)) return { sha256, read: () => store.read(checkpointKey(job, checkpoint.name)) };
  return { sha256, read: () => readOnnx(store, job, checkpoint), onnxFacts: factsOf(job, checkpoint) };
}

/** Whether the embedded engine wrote it; a Python worker puts an ONNX file beside its own. */
function isOurs({ name }: Checkpoint): boolean {
  return name.endsWith(".safetensors");
}

async function readOnnx(store: FileStore, job: TrainingJob, { name }: Checkpoint): Promise<Buffer> {
  const key = checkpointKey(job, onnxBeside(name));
  if ((await store.stat(key)) !== null) return store.read(key);
  throw checkpointNotFound(`The Python worker could not export ${name} as ONNX: the job's log says why`);
}

function factsOf(job: TrainingJob, { epoch }: Checkpoint): CheckpointFacts {
  const { config, classes } = job;
  const { imageSize, resizeMode, mean, std } = config.preprocessing;
  return {
    formatVersion: 1,
    version: VERSION,
    framework: config.framework,
    modelName: config.modelName,
    taskType: config.taskType,
    frozen: config.freezeBackbone,
    classes: [...classes],
    preprocessing: { imageSize, resizeMode, mean: [...mean], std: [...std] },
    epoch,
    metric: null,
  };
}

function guessesOf(
  probabilities: Float32Array,
  classes: readonly string[],
  { topK, threshold }: InferenceWish,
): Guess[] {
  return Array.from(probabilities, (confidence, labelId) => ({
    label: classes[labelId] ?? String(labelId),
    labelId,
    confidence,
  }))
    .sort((a, b) => b.confidence - a.confidence || a.labelId - b.labelId)
    .slice(0, topK)
    .filter(({ confidence }) => confidence >= threshold);
}

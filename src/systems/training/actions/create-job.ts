import type { Clock } from "../../../platform/ports.ts";
import { initialEffect } from "../config/initial-effect.ts";
import { resolveConfig } from "../config/resolve-config.ts";
import type { DatasetRecord } from "../dataset-record.ts";
import { demandKnownModel, embeddedModel, likelyEngine, USUAL_IMAGES } from "../engines.ts";
import { fieldFault, invalidStatus } from "../errors.ts";
import type { JobReader } from "../store/job-reader.ts";
import type { JobWriter } from "../store/job-writer.ts";
import type { ProjectStore } from "../store/project-store.ts";
import type { TrainingJob } from "../training-job.ts";
import type { Viewer } from "../viewer.ts";
import { type FindTrainingDataDeps, type FoundData, findTrainingData } from "./find-training-data.ts";

export interface CreateJobDeps extends FindTrainingDataDeps {
  readonly jobs: JobReader;
  readonly jobWriter: JobWriter;
  readonly projects: ProjectStore;
  readonly clock: Clock;
  readonly settings: FindTrainingDataDeps["settings"] & { readonly maxOpenJobs: number };
  /** Whether a Python worker is attached. */
  readonly worker: object | null;
}

export interface JobWish {
  readonly sessionId: number | null;
  readonly projectId: number | null;
  readonly experimentName: string | null;
  readonly tags: readonly string[];
  readonly notes: string | null;
  readonly priority: number;
  readonly visibility: "private" | "public";
  readonly framework: string;
  readonly modelName: string;
  readonly taskType: "image_classification" | "object_detection";
  readonly datasetId: string | null;
  readonly datasetPath: string | null;
  readonly datasetFormat: string | null;
  readonly numClasses: number | null;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly advancedConfig: Readonly<Record<string, unknown>> | null;
}

/**
 * Makes a job that waits until it is started. Everything that can be refused now is refused now.
 * @throws QuatrainError `dataset_not_found` (404), `too_many_jobs` (409), `framework_not_found` (404);
 * InvalidInput (422) with the dotted name of the setting
 */
export async function createJob(deps: CreateJobDeps, wish: JobWish, viewer: Viewer): Promise<TrainingJob> {
  await demandRoom(deps, viewer);
  demandKnownModel(wish);
  const data = await findTrainingData(deps, wish, viewer);
  try {
    return await addJob(deps, wish, data, viewer);
  } catch (error) {
    if (data.imported) await forget(deps, data.dataset);
    throw error;
  }
}

/** A folder that was copied for a job that is none. */
async function forget({ datasetWriter, blobs }: CreateJobDeps, { id }: DatasetRecord): Promise<void> {
  await blobs.collect((await datasetWriter.deleteDataset(id)) ?? []);
}

async function addJob(
  deps: CreateJobDeps,
  wish: JobWish,
  { dataset, path }: FoundData,
  viewer: Viewer,
): Promise<TrainingJob> {
  demandFitting(wish, dataset);
  const engine = likelyEngine(wish, deps.worker !== null);
  const { config, warnings } = resolveConfig(
    {
      framework: wish.framework,
      modelName: wish.modelName,
      taskType: wish.taskType,
      epochs: wish.epochs,
      batchSize: wish.batchSize,
      learningRate: wish.learningRate,
      advanced: wish.advancedConfig ?? {},
    },
    { ...modelFacts(wish), numClasses: dataset.classes.length, classes: dataset.classes },
  );
  await deps.projects.ensure(wish, viewer.userId, deps.clock.now());
  const { saveBest } = config.validation;
  return deps.jobWriter.addJob(
    {
      sessionId: wish.sessionId,
      projectId: wish.projectId,
      ownerId: viewer.userId,
      visibility: wish.visibility,
      experimentName: wish.experimentName,
      tags: wish.tags,
      notes: wish.notes,
      datasetId: dataset.id,
      datasetPath: path,
      datasetFormat: wish.datasetFormat ?? dataset.format,
      classes: dataset.classes,
      sent: {
        framework: wish.framework,
        modelName: wish.modelName,
        taskType: wish.taskType,
        epochs: wish.epochs,
        batchSize: wish.batchSize,
        learningRate: wish.learningRate,
        numClasses: dataset.classes.length,
        advancedConfig: wish.advancedConfig,
      },
      config,
      effectiveConfig: initialEffect(config, engine),
      warnings,
      engine,
      priority: wish.priority,
      primaryMetric: saveBest.metric,
      primaryMetricMode: saveBest.mode,
    },
    outputDir,
  );
}

/** `outputs/job_20251106_120000_5`: readable, and nobody else's. */
function outputDir(id: number, now: number): string {
  const [date = "", time = ""] = new Date(now).toISOString().split("T");
  return `outputs/job_${date.replaceAll("-", "")}_${time.slice(0, 8).replaceAll(":", "")}_${id}`;
}

async function demandRoom({ jobs, settings }: CreateJobDeps, viewer: Viewer): Promise<void> {
  if ((await jobs.countOpen(viewer.userId)) < settings.maxOpenJobs) return;
  throw invalidStatus(
    `There are ${settings.maxOpenJobs} unfinished training jobs already: delete some, or let them end`,
  );
}

function modelFacts(wish: JobWish) {
  const model = embeddedModel(wish);
  if (model === null) return { ...USUAL_IMAGES, frozenByNature: false };
  return {
    defaultImageSize: model.defaultImageSize,
    defaultMean: model.mean,
    defaultStd: model.std,
    imageSizes: model.imageSizes,
    frozenByNature: model.alwaysFrozen,
  };
}

function demandFitting({ numClasses, taskType }: JobWish, dataset: DatasetRecord): void {
  const found = dataset.classes.length;
  if (dataset.imageCount === 0) {
    throw fieldFault(
      "config.dataset_id",
      "The dataset has no pictures that can be trained on: add some first",
    );
  }
  if (numClasses !== null && numClasses !== found) {
    throw fieldFault(
      "config.num_classes",
      `The dataset has ${found} classes, not ${numClasses}: leave num_classes out or mend the dataset`,
    );
  }
  if (taskType === "object_detection" && dataset.taskType !== "object_detection") {
    throw fieldFault("config.task_type", "The dataset has labels for whole pictures and no boxes to detect");
  }
}

/** For tests only: training's store on an empty database, and records to put into it. */
import { createHash } from "node:crypto";
import type { OpenTestDatabase } from "../../../platform/db/testing.ts";
import { randomIds } from "../../../platform/ids.ts";
import { resolveConfig } from "../config/resolve-config.ts";
import { FACTS, requestOf } from "../config/testing.ts";
import type { DatasetFile, DatasetRecord } from "../dataset-record.ts";
import type { ImageResult, ValidationReport } from "../engine/port.ts";
import type { TrainingJob } from "../training-job.ts";
import { DatasetReader } from "./dataset-reader.ts";
import { DatasetWriter } from "./dataset-writer.ts";
import { JobReader } from "./job-reader.ts";
import { JobWriter, type NewJob, type Start } from "./job-writer.ts";
import { trainingMigrations } from "./migrations/index.ts";
import { ProjectStore } from "./project-store.ts";
import { RunReader } from "./run-reader.ts";
import { RunWriter } from "./run-writer.ts";
import type { TrainingTables } from "./tables.ts";

export const START = Date.parse("2026-01-30T10:30:00Z");

/** A store whose clock moves by a second with each look. */
export async function openTestStore(
  open: OpenTestDatabase,
  { keptImageRows }: { keptImageRows?: number } = {},
) {
  const place = await open(trainingMigrations);
  const database = place.database.as<TrainingTables>();
  let now = START;
  const clock = {
    now: () => {
      now += 1_000;
      return now;
    },
  };
  const jobWriter = new JobWriter(database, clock, randomIds);
  const reader = new JobReader(database);
  const add = (changes: Partial<NewJob> = {}) => jobWriter.addJob(aJob(changes), (id) => `outputs/job_${id}`);
  const queued = async (changes: Partial<NewJob> = {}, start: Partial<Start> = {}) => {
    const { id } = await add(changes);
    return (await jobWriter.queueJob(id, aStart(start), async () => "ticket"))!;
  };
  return {
    database,
    reopen: async () => (await place.reopen()).as<TrainingTables>(),
    clock,
    jobWriter,
    jobs: reader,
    runWriter: new RunWriter(database, clock, keptImageRows),
    runs: new RunReader(database),
    datasets: new DatasetReader(database),
    datasetWriter: new DatasetWriter(database),
    projects: new ProjectStore(database),
    add,
    /** Makes a job and puts it into the queue. */
    queued,
    /** Makes a job that runs. */
    async running(changes: Partial<NewJob> = {}) {
      const { id } = await queued(changes);
      return (await jobWriter.claimJob(`ticket of ${id}`))!.job;
    },
    find: async (job: Pick<TrainingJob, "id">) => (await reader.findJob(job.id))!,
  };
}

export function aJob(changes: Partial<NewJob> = {}): NewJob {
  const { config } = resolveConfig(requestOf({}), FACTS);
  return {
    sessionId: null,
    projectId: null,
    ownerId: 1,
    visibility: "private",
    experimentName: "Experiment",
    tags: ["a", "b"],
    notes: null,
    datasetId: "d1",
    datasetPath: "d1",
    datasetFormat: "dice",
    classes: ["cat", "dog", "bird"],
    sent: {
      framework: "quatrain",
      modelName: "cnn4",
      taskType: "image_classification",
      epochs: 10,
      batchSize: 8,
      learningRate: 0.001,
      numClasses: 3,
      advancedConfig: { optimizer: { type: "sgd" } },
    },
    config,
    effectiveConfig: {},
    warnings: [],
    engine: "embedded",
    priority: 0,
    primaryMetric: "accuracy",
    primaryMetricMode: "max",
    ...changes,
  };
}

export function aStart(changes: Partial<Start> = {}): Start {
  return {
    engine: "embedded",
    snapshot: "s1",
    classes: ["cat", "dog", "bird"],
    resumeFrom: null,
    beginWith: null,
    priority: null,
    fresh: true,
    ...changes,
  };
}

export function aReport(accuracy: number): ValidationReport {
  return {
    loss: 1 - accuracy,
    metrics: { accuracy },
    perClass: {},
    confusion: [
      [1, 0],
      [0, 1],
    ],
    prCurves: {},
    calibrationError: 0,
  };
}

/** How a picture of class 0 went. */
export function anImage(path: string, changes: Partial<ImageResult> = {}) {
  const top = [
    { label: 0, confidence: 0.75 },
    { label: 1, confidence: 0.25 },
  ];
  return {
    path,
    trueLabel: 0,
    predictedLabel: 0,
    confidence: 0.75,
    loss: 0.5,
    top,
    sha256: hashOf(path),
    ...changes,
  };
}

export function aDataset(id: string, changes: Partial<DatasetRecord> = {}): DatasetRecord {
  return {
    id,
    name: `Dataset ${id}`,
    description: null,
    format: "imagefolder",
    visibility: "private",
    projectId: null,
    ownerId: 1,
    taskType: "image_classification",
    classes: ["cat", "dog"],
    facts: { distribution: { cat: 1, dog: 1 }, splits: {}, problems: [], warnings: [], wishedTask: null },
    fileCount: 2,
    imageCount: 2,
    totalBytes: 200,
    problemCount: 0,
    revision: 1,
    createdAt: START,
    updatedAt: START,
    ...changes,
  };
}

export function aFile(path: string, changes: Partial<DatasetFile> = {}): DatasetFile {
  return {
    path,
    sha256: hashOf(path),
    bytes: 100,
    isImage: true,
    width: 32,
    height: 24,
    look: "00ff",
    problem: null,
    split: "train",
    label: 0,
    boxes: [],
    ...changes,
  };
}

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

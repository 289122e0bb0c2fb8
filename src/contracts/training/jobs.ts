import { z } from "zod";
import { filledText, finiteNumber, ours, plainText, truth, wholeNumber } from "../fields.ts";
import { defineRoute } from "../route.ts";
import { Done, failures, JobId, JobStatus, ProjectId, page, TaskType, Time } from "./vocabulary.ts";

/** contracts/training.md "Training API". */

const MAX_BODY = 2 ** 20;

const TrainingSettings = z.object({
  framework: filledText(50).describe("quatrain, timm or ultralytics"),
  model_name: filledText(200),
  task_type: TaskType,
  dataset_id: filledText(200).nullish().describe("This or dataset_path"),
  dataset_path: filledText(4_096)
    .nullish()
    .describe("A dataset's id, or a folder on the server below one of QUATRAIN_ROOTS"),
  dataset_format: plainText(50).nullish(),
  num_classes: wholeNumber({ min: 1, max: 100_000 }).nullish().describe("The dataset's own when absent"),
  epochs: wholeNumber({ min: 1, max: 1_000 }).default(50),
  batch_size: wholeNumber({ min: 1, max: 512 }).default(32),
  learning_rate: finiteNumber({ above: 0, max: 1 }).default(0.001),
  advanced_config: z
    .record(z.string(), z.unknown())
    .nullish()
    .describe("See /api/v1/training/config-schema; unknown settings are reported as warnings"),
});

const NewJob = z.object({
  session_id: wholeNumber({ min: 1 }).nullish().describe("Made when it does not exist yet"),
  project_id: ProjectId.nullish(),
  experiment_name: plainText(200).nullish(),
  tags: z.array(plainText(100)).max(100).default([]),
  notes: plainText(10_000).nullish(),
  priority: ours(wholeNumber({ min: -100, max: 100 }).default(0), "Greater ones leave the queue first"),
  visibility: ours(z.enum(["private", "public"]).default("private"), "Who besides the owner may see it"),
  config: TrainingSettings,
});

const TrainingJob = z.object({
  id: z.number().int(),
  session_id: z.number().int().nullable(),
  project_id: z.number().int().nullable(),
  project_name: z.string().nullable(),
  experiment_name: z.string().nullable(),
  tags: z.array(z.string()),
  notes: z.string().nullable(),
  framework: z.string(),
  model_name: z.string(),
  task_type: TaskType,
  dataset_id: z.string().nullable(),
  dataset_path: z.string().nullable(),
  dataset_format: z.string().nullable(),
  num_classes: z.number().int(),
  output_dir: z.string(),
  epochs: z.number().int(),
  batch_size: z.number().int(),
  learning_rate: z.number(),
  status: JobStatus,
  primary_metric: z.string(),
  primary_metric_mode: z.enum(["min", "max"]),
  current_epoch: z.number().int(),
  total_epochs: z.number().int(),
  mlflow_run_id: z.string().nullable(),
  created_at: Time,
  started_at: Time.nullable(),
  completed_at: Time.nullable(),
  advanced_config: ours(z.record(z.string(), z.unknown()).nullable(), "As it was sent"),
  effective_config: ours(
    z.record(
      z.string(),
      z.object({ requested: z.unknown(), effective: z.unknown(), reason: z.string().optional() }),
    ),
    "What each setting did, by its dotted name",
  ),
  warnings: ours(z.array(z.string()), "What was taken otherwise than it was sent"),
  error_message: ours(z.string().nullable(), "Why it failed, and what to do"),
  error_code: ours(z.string().nullable(), "Stable code of the failure"),
  final_accuracy: ours(z.number().nullable(), "Of the last validation, 0..1"),
  best_metric: ours(z.number().nullable(), "Best value of the primary metric"),
  best_epoch: ours(z.number().int().nullable(), "When it was reached"),
  best_checkpoint_path: ours(z.string().nullable(), "For inference, and to start from"),
  last_checkpoint_path: ours(z.string().nullable(), "What a resume continues from"),
  progress_percent: ours(z.number(), "0..100"),
  eta_seconds: ours(z.number().nullable(), "Estimated from the epochs so far; null while unknown"),
  eta: ours(Time.nullable(), "The instant of that estimate"),
  attempt: ours(z.number().int(), "How often it was begun"),
  restarts: ours(z.number().int(), "How often it lost its process and was begun again"),
  priority: ours(z.number().int(), "Greater ones leave the queue first"),
  queue_position: ours(z.number().int().nullable(), "From 1, while it is queued"),
  engine: ours(z.string(), "embedded or python"),
  visibility: ours(z.enum(["private", "public"]), "Who besides the owner may see it"),
  owner_id: ours(z.number().int().nullable(), "The user who made it"),
  snapshot_hash: ours(z.string().nullable(), "Content hash of the frozen dataset"),
});

const job = (description: string) => ({ description, schema: TrainingJob });

export const createTrainingJob = defineRoute({
  id: "createTrainingJob",
  method: "POST",
  path: "/api/v1/training/jobs",
  tag: "training",
  summary: "Make a training job; it waits until it is started",
  access: "write",
  body: { kind: "json", schema: NewJob, maxBytes: MAX_BODY },
  responses: { 201: job("The job, pending"), ...failures },
});

export const listTrainingJobs = defineRoute({
  id: "listTrainingJobs",
  method: "GET",
  path: "/api/v1/training/jobs",
  tag: "training",
  summary: "Jobs that the caller may see",
  access: "read",
  query: z.object({
    ...page(50, 1_000),
    status: JobStatus.optional(),
    project_id: wholeNumber({ min: 1 }).optional(),
    session_id: wholeNumber({ min: 1 }).optional(),
    framework: plainText(50).optional(),
    model_name: plainText(200).optional(),
    dataset_id: plainText(200).optional(),
    search: plainText(200).optional().describe("In the experiment's name"),
    sort: z.enum(["created_at", "id", "status", "best_metric", "priority"]).default("created_at"),
    order: z.enum(["asc", "desc"]).default("desc"),
  }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "A page of jobs",
      schema: z.object({
        jobs: z.array(TrainingJob),
        total: z.number().int(),
        skip: z.number().int(),
        limit: z.number().int(),
      }),
    },
    ...failures,
  },
  extra: true,
});

export const getTrainingJob = defineRoute({
  id: "getTrainingJob",
  method: "GET",
  path: "/api/v1/training/jobs/:job_id",
  tag: "training",
  summary: "One job",
  access: "read",
  params: z.object({ job_id: JobId }),
  body: { kind: "none" },
  responses: { 200: job("The job"), ...failures },
});

export const startTrainingJob = defineRoute({
  id: "startTrainingJob",
  method: "POST",
  path: "/api/v1/training/jobs/:job_id/start",
  tag: "training",
  summary: "Start, or start again, a job that is pending, stopped or failed",
  access: "write",
  params: z.object({ job_id: JobId }),
  query: z.object({
    checkpoint_path: plainText(4_096).optional().describe("A checkpoint of the job's project to begin with"),
    resume: truth().default(false).describe("Continue from the job's last checkpoint, or the one given"),
    priority: ours(wholeNumber({ min: -100, max: 100 }).optional(), "Greater ones leave the queue first"),
  }),
  body: { kind: "none" },
  responses: { 200: job("The job, running, or queued while no slot is free"), ...failures },
});

export const stopTrainingJob = defineRoute({
  id: "stopTrainingJob",
  method: "POST",
  path: "/api/v1/training/stop/:job_id",
  tag: "training",
  summary: "Stop a job: a checkpoint is written, and nothing runs any more when this answers",
  access: "write",
  params: z.object({ job_id: JobId }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "Stopped",
      schema: z.object({ job_id: z.number().int(), status: z.literal("stopped"), message: z.string() }),
    },
    ...failures,
  },
});

export const deleteTrainingJob = defineRoute({
  id: "deleteTrainingJob",
  method: "DELETE",
  path: "/api/v1/training/jobs/:job_id",
  tag: "training",
  summary: "Delete a job that is not running, with its figures and checkpoints",
  access: "write",
  params: z.object({ job_id: JobId }),
  body: { kind: "none" },
  responses: { 200: { description: "Deleted", schema: Done }, ...failures },
  extra: true,
});

const Metric = z.object({
  id: z.number().int(),
  job_id: z.number().int(),
  epoch: z.number().int().describe("From 1"),
  loss: z.number().nullable(),
  accuracy: z.number().nullable().describe("0..1"),
  learning_rate: z.number().nullable(),
  extra_metrics: z.record(z.string(), z.number()),
  created_at: Time,
});

export const trainingMetrics = defineRoute({
  id: "trainingMetrics",
  method: "GET",
  path: "/api/v1/training/jobs/:job_id/metrics",
  tag: "training",
  summary: "One row per epoch, ascending: the newest `limit` ones",
  access: "read",
  params: z.object({ job_id: JobId }),
  query: z.object({
    limit: wholeNumber({ min: 1, max: 10_000 }).default(100),
    window: ours(z.enum(["newest", "oldest"]).default("newest"), "Which rows, where there are more"),
  }),
  body: { kind: "none" },
  responses: { 200: { description: "Figures", schema: z.array(Metric) }, ...failures },
});

export const trainingSteps = defineRoute({
  id: "trainingSteps",
  method: "GET",
  path: "/api/v1/training/jobs/:job_id/steps",
  tag: "training",
  summary: "Loss and learning rate by optimiser step, thinned out to `points`",
  access: "read",
  params: z.object({ job_id: JobId }),
  query: z.object({ points: wholeNumber({ min: 2, max: 5_000 }).default(500) }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "The series",
      schema: z.object({
        job_id: z.number().int(),
        total: z.number().int().describe("Recorded steps before thinning"),
        steps: z.array(
          z.object({
            epoch: z.number().int(),
            step: z.number().int().describe("From 1, within the epoch"),
            loss: z.number().nullable(),
            learning_rate: z.number().nullable(),
          }),
        ),
      }),
    },
    ...failures,
  },
  extra: true,
});

const LogLine = z.object({
  id: z.number().int(),
  job_id: z.number().int(),
  log_type: z.string().describe("stdout or stderr"),
  message: z.string(),
  content: ours(z.string(), "The same text, for older clients"),
  level: ours(z.string(), "info, warning or error"),
  created_at: Time,
});

export const trainingLogs = defineRoute({
  id: "trainingLogs",
  method: "GET",
  path: "/api/v1/training/jobs/:job_id/logs",
  tag: "training",
  summary: "The newest `limit` lines, oldest first; with a cursor the lines after or before one",
  access: "read",
  params: z.object({ job_id: JobId }),
  query: z.object({
    limit: wholeNumber({ min: 1, max: 10_000 }).default(500),
    log_type: plainText(20).optional().describe("stdout or stderr"),
    after: ours(wholeNumber({ min: 0 }).optional(), "Only lines with a greater id"),
    before: ours(wholeNumber({ min: 0 }).optional(), "Only lines with a smaller id"),
  }),
  body: { kind: "none" },
  responses: { 200: { description: "Lines", schema: z.array(LogLine) }, ...failures },
});

export const trainingEvents = defineRoute({
  id: "trainingEvents",
  method: "GET",
  path: "/api/v1/training/jobs/:job_id/events",
  tag: "training",
  summary: "Server-sent events: training_progress, log, status; ends with the job",
  access: "read",
  params: z.object({ job_id: JobId }),
  body: { kind: "none" },
  responses: { 200: { description: "Events", contentType: "text/event-stream" }, ...failures },
  extra: true,
});

const Checkpoint = z.object({
  name: z.string(),
  path: z.string(),
  epoch: z.number().int(),
  roles: z.array(z.enum(["last", "best", "periodic"])),
  metric: z.number().nullable(),
  bytes: z.number().int(),
  sha256: z.string(),
  created_at: Time,
});

export const listCheckpoints = defineRoute({
  id: "listCheckpoints",
  method: "GET",
  path: "/api/v1/training/jobs/:job_id/checkpoints",
  tag: "training",
  summary: "The job's checkpoints, newest first",
  access: "read",
  params: z.object({ job_id: JobId }),
  body: { kind: "none" },
  responses: {
    200: { description: "Checkpoints", schema: z.object({ checkpoints: z.array(Checkpoint) }) },
    ...failures,
  },
  extra: true,
});

export const getCheckpoint = defineRoute({
  id: "getCheckpoint",
  method: "GET",
  path: "/api/v1/training/jobs/:job_id/checkpoints/:name",
  tag: "training",
  summary: "A checkpoint's file",
  access: "read",
  params: z.object({ job_id: JobId, name: filledText(255) }),
  body: { kind: "none" },
  responses: { 200: { description: "The file", contentType: "application/octet-stream" }, ...failures },
  extra: true,
});

export const deleteCheckpoint = defineRoute({
  id: "deleteCheckpoint",
  method: "DELETE",
  path: "/api/v1/training/jobs/:job_id/checkpoints/:name",
  tag: "training",
  summary: "Delete a checkpoint of a job that is not running",
  access: "write",
  params: z.object({ job_id: JobId, name: filledText(255) }),
  body: { kind: "none" },
  responses: { 200: { description: "Deleted", schema: Done }, ...failures },
  extra: true,
});

export const exportModel = defineRoute({
  id: "exportModel",
  method: "GET",
  path: "/api/v1/training/jobs/:job_id/export",
  tag: "training",
  summary: "The trained model as ONNX, with its labels and preprocessing in the metadata",
  access: "read",
  params: z.object({ job_id: JobId }),
  query: z.object({
    checkpoint: plainText(255).optional().describe("Name of a checkpoint; the best, else the last"),
    format: z.enum(["onnx"]).default("onnx"),
  }),
  body: { kind: "none" },
  responses: { 200: { description: "The model", contentType: "application/octet-stream" }, ...failures },
  extra: true,
});

export const trainingQueue = defineRoute({
  id: "trainingQueue",
  method: "GET",
  path: "/api/v1/training/queue",
  tag: "training",
  summary: "What runs and what waits",
  access: "read",
  body: { kind: "none" },
  responses: {
    200: {
      description: "The queue, in the order in which jobs leave it",
      schema: z.object({
        slots: z.number().int().describe("Jobs that one worker runs at once"),
        running: z.array(z.number().int()).describe("Ids, of jobs that the caller may see"),
        queued: z.array(z.number().int()),
      }),
    },
    ...failures,
  },
  extra: true,
});

import { z } from "zod";
import { filledText, finiteNumber, ours, plainText, wholeNumber } from "../fields.ts";
import { defineRoute } from "../route.ts";
import { failures, INTERNAL_HEADERS, JobId } from "./vocabulary.ts";

/**
 * contracts/training.md "Internal API"; spec/training.md section 1, "internal callback". All of them need the
 * configured secret or the job's own callback token in X-Internal-Auth; missing is 401, wrong is 403.
 */

const Received = z.object({ status: z.literal("received"), job_id: z.number().int() });
const Json = z.record(z.string(), z.unknown());
const MAX_BODY = 64 * 2 ** 20;

const internal = { tag: "internal", access: "none", headers: INTERNAL_HEADERS } as const;
const received = { 200: { description: "Taken", schema: Received }, ...failures } as const;
const params = z.object({ job_id: JobId });

export const trainingCallback = defineRoute({
  ...internal,
  id: "trainingCallback",
  method: "POST",
  path: "/api/v1/internal/training/callback",
  summary: "An event of a job that is trained elsewhere",
  body: {
    kind: "json",
    maxBytes: MAX_BODY,
    schema: z.object({
      job_id: JobId,
      event: plainText(50).describe(
        "started, epoch_complete, log, validation, checkpoint, completed, failed or stopped",
      ),
      data: Json.default({}),
      attempt: ours(wholeNumber({ min: 1 }).optional(), "Which start of the job it belongs to"),
      sequence: ours(
        wholeNumber({ min: 0 }).optional(),
        "Tells a repeated delivery of a line from another line",
      ),
    }),
  },
  responses: received,
});

const number = () => finiteNumber().nullish();

export const postTrainingMetrics = defineRoute({
  ...internal,
  id: "postTrainingMetrics",
  method: "POST",
  path: "/api/v1/internal/training/:job_id/metrics",
  summary: "Figures of an epoch: all together, or one at a time",
  params,
  body: {
    kind: "json",
    schema: z.object({
      epoch: wholeNumber({ min: 0, max: 1_000_000 }),
      step: wholeNumber({ min: 0 }).nullish(),
      metric_name: plainText(200).nullish(),
      metric_value: number(),
      loss: number(),
      accuracy: number(),
      learning_rate: number(),
      extra_metrics: Json.nullish(),
    }),
  },
  responses: received,
  extra: true,
});

export const postTrainingLogs = defineRoute({
  ...internal,
  id: "postTrainingLogs",
  method: "POST",
  path: "/api/v1/internal/training/:job_id/logs",
  summary: "Lines of a job's log",
  params,
  body: {
    kind: "json",
    maxBytes: MAX_BODY,
    schema: z.object({
      log_type: plainText(20).default("stdout"),
      message: z.string().max(100_000).nullish(),
      content: z.string().max(100_000).nullish(),
      level: plainText(20).nullish(),
    }),
  },
  responses: received,
  extra: true,
});

export const patchTrainingStatus = defineRoute({
  ...internal,
  id: "patchTrainingStatus",
  method: "PATCH",
  path: "/api/v1/internal/training/:job_id/status",
  summary: "A job's state",
  params,
  body: {
    kind: "json",
    schema: z.object({
      status: filledText(20),
      error_message: z.string().max(100_000).nullish(),
      final_accuracy: number(),
      best_checkpoint_path: plainText(4_096).nullish(),
    }),
  },
  responses: received,
  extra: true,
});

export const progressCallback = defineRoute({
  ...internal,
  id: "progressCallback",
  method: "POST",
  path: "/api/v1/training/jobs/:job_id/callback/progress",
  summary: "Progress, in the older form",
  params,
  body: {
    kind: "json",
    schema: z.looseObject({
      status: plainText(20).nullish(),
      current_epoch: wholeNumber({ min: 0, max: 1_000_000 }),
      total_epochs: wholeNumber({ min: 0, max: 1_000_000 }).nullish(),
      progress_percent: number(),
      metrics: z
        .looseObject({
          loss: number(),
          accuracy: number(),
          learning_rate: number(),
          extra_metrics: Json.nullish(),
        })
        .nullish(),
      checkpoint_path: plainText(4_096).nullish(),
    }),
  },
  responses: received,
  extra: true,
});

export const completionCallback = defineRoute({
  ...internal,
  id: "completionCallback",
  method: "POST",
  path: "/api/v1/training/jobs/:job_id/callback/completion",
  summary: "The end, in the older form",
  params,
  body: {
    kind: "json",
    maxBytes: MAX_BODY,
    schema: z.looseObject({
      status: filledText(20),
      total_epochs_completed: wholeNumber({ min: 0 }).nullish(),
      final_metrics: Json.nullish(),
      exit_code: wholeNumber().nullish(),
      best_checkpoint_path: plainText(4_096).nullish(),
      last_checkpoint_path: plainText(4_096).nullish(),
      error_message: z.string().max(100_000).nullish(),
      traceback: z.string().max(1_000_000).nullish(),
    }),
  },
  responses: received,
  extra: true,
});

export const logsCallback = defineRoute({
  ...internal,
  id: "logsCallback",
  method: "POST",
  path: "/api/v1/training/jobs/:job_id/callback/logs",
  summary: "A line of the log, in the older form",
  params,
  body: {
    kind: "json",
    maxBytes: MAX_BODY,
    schema: z.looseObject({
      event_type: plainText(50).nullish(),
      message: z.string().max(100_000),
      level: plainText(20).nullish(),
      data: z.unknown().optional(),
      timestamp: plainText(100).nullish(),
    }),
  },
  responses: received,
  extra: true,
});

export const internalManifest = defineRoute({
  ...internal,
  id: "internalManifest",
  method: "GET",
  path: "/api/v1/internal/training/:job_id/manifest",
  summary: "The frozen dataset of a job: classes and pictures",
  params,
  body: { kind: "none" },
  responses: { 200: { description: "The manifest", schema: Json }, ...failures },
  extra: true,
});

export const internalBlob = defineRoute({
  ...internal,
  id: "internalBlob",
  method: "GET",
  path: "/api/v1/internal/training/:job_id/blobs/:digest",
  summary: "A picture of that dataset",
  params: params.extend({
    digest: z.string().regex(/^[0-9a-f]{64}$/, "Input should be 64 hexadecimal digits"),
  }),
  body: { kind: "none" },
  responses: { 200: { description: "The file", contentType: "application/octet-stream" }, ...failures },
  extra: true,
});

export const internalGetCheckpoint = defineRoute({
  ...internal,
  id: "internalGetCheckpoint",
  method: "GET",
  path: "/api/v1/internal/training/:job_id/checkpoints/:name",
  summary: "A checkpoint to continue from",
  params: params.extend({ name: filledText(255) }),
  body: { kind: "none" },
  responses: { 200: { description: "The file", contentType: "application/octet-stream" }, ...failures },
  extra: true,
});

export const internalPutCheckpoint = defineRoute({
  ...internal,
  id: "internalPutCheckpoint",
  method: "PUT",
  path: "/api/v1/internal/training/:job_id/checkpoints/:name",
  summary: "Store a checkpoint's file; the event that names it follows",
  headers: { ...INTERNAL_HEADERS, "X-Content-SHA256": "Of the file, hexadecimal" },
  params: params.extend({ name: filledText(255) }),
  body: { kind: "bytes", description: "The file" },
  responses: {
    200: {
      description: "Stored",
      schema: z.object({ name: z.string(), path: z.string(), sha256: z.string(), bytes: z.number().int() }),
    },
    ...failures,
  },
  extra: true,
});

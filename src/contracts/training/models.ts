import { z } from "zod";
import { filledText, finiteNumber, ours, plainText, truth, wholeNumber } from "../fields.ts";
import { defineRoute } from "../route.ts";
import { failures, JobId, page, Time } from "./vocabulary.ts";

/** contracts/training.md "Model API", "Validation API" and "Inference API". */

export const listModels = defineRoute({
  id: "listModels",
  method: "GET",
  path: "/api/v1/models/list",
  tag: "models",
  summary: "Models that can be trained",
  access: "read",
  query: z.object({ framework: plainText(50).optional(), task_type: plainText(50).optional() }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "Models",
      schema: z.object({
        models: z.array(
          z.object({
            model_name: z.string(),
            framework: z.string(),
            task_types: z.array(z.string()),
            default_image_size: z.number().int(),
            parameters: z.string().describe("25.6M"),
            pretrained: z.boolean().describe("Whether stored weights are there to begin with"),
            description: z.string(),
            params: ours(z.number().int().nullable(), "The same as a number"),
            recommended_lr: ours(z.number().nullable(), "To begin with"),
            engine: ours(z.string(), "embedded or python"),
            available: ours(z.boolean(), "Whether it can be trained now"),
            reason: ours(z.string().nullable(), "Why not"),
          }),
        ),
        total: z.number().int(),
      }),
    },
    ...failures,
  },
});

const ClassMetrics = z.object({
  precision: z.number(),
  recall: z.number(),
  f1: z.number(),
  support: z.number().int(),
  average_precision: ours(z.number(), "Area under the precision-recall curve"),
});

export const validationResults = defineRoute({
  id: "validationResults",
  method: "GET",
  path: "/api/v1/validation/results/:job_id",
  tag: "validation",
  summary: "Every validation of a job, by epoch",
  access: "read",
  params: z.object({ job_id: JobId }),
  query: z.object({
    limit: ours(wholeNumber({ min: 1, max: 1_000 }).default(1_000), "The newest so many"),
  }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "Validations",
      schema: z.object({
        job_id: z.number().int(),
        results: z.array(
          z.object({
            id: z.number().int(),
            epoch: z.number().int(),
            task_type: z.string(),
            primary_metric_name: z.string(),
            primary_metric_value: z.number().nullable(),
            overall_loss: z.number().nullable(),
            metrics: z.record(z.string(), z.number()),
            per_class_metrics: z.record(z.string(), ClassMetrics),
            confusion_matrix: z
              .array(z.array(z.number()))
              .nullable()
              .describe("Rows true, columns predicted, in the order of class_names"),
            checkpoint_path: z.string().nullable(),
            created_at: Time,
            class_names: ours(z.array(z.string()), "In the order of their ids"),
            pr_curves: ours(
              z.record(
                z.string(),
                z.object({
                  precision: z.array(z.number()),
                  recall: z.array(z.number()),
                  thresholds: z.array(z.number()),
                }),
              ),
              "By class",
            ),
            top_confusions: ours(
              z.array(
                z.object({ true_label: z.string(), predicted_label: z.string(), count: z.number().int() }),
              ),
              "The most frequent mistakes",
            ),
            calibration_error: ours(z.number().nullable(), "Expected calibration error, 0..1"),
            image_count: ours(
              z.number().int(),
              "Pictures whose results are kept; old validations of large sets lose theirs",
            ),
          }),
        ),
      }),
    },
    ...failures,
  },
});

export const validationImages = defineRoute({
  id: "validationImages",
  method: "GET",
  path: "/api/v1/validation/images/:validation_result_id",
  tag: "validation",
  summary: "How each picture of a validation went",
  access: "read",
  params: z.object({ validation_result_id: wholeNumber({ min: 1 }) }),
  query: z.object({
    ...page(50, 1_000),
    is_correct: truth().optional(),
    true_label: ours(plainText(200).optional(), "A class's name"),
    predicted_label: ours(plainText(200).optional(), "A class's name"),
    sort: ours(
      z.enum(["id", "confidence", "loss"]).default("id"),
      "By confidence ascending, or by loss descending: the worst first",
    ),
  }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "A page of pictures",
      schema: z.object({
        validation_result_id: z.number().int(),
        images: z.array(
          z.object({
            id: z.number().int(),
            image_path: z.string(),
            image_name: z.string(),
            true_label: z.string(),
            true_label_id: z.number().int(),
            predicted_label: z.string(),
            predicted_label_id: z.number().int(),
            confidence: z.number(),
            is_correct: z.boolean(),
            top5_predictions: z.array(z.object({ label: z.string(), confidence: z.number() })),
            loss: ours(z.number().nullable(), "Cross-entropy"),
            url: ours(z.string(), "The picture itself"),
          }),
        ),
        total: z.number().int(),
        skip: z.number().int(),
        limit: z.number().int(),
      }),
    },
    ...failures,
  },
});

export const validationImageFile = defineRoute({
  id: "validationImageFile",
  method: "GET",
  path: "/api/v1/validation/images/:validation_result_id/:image_id/file",
  tag: "validation",
  summary: "A validated picture itself, as it was frozen for the job",
  access: "read",
  params: z.object({ validation_result_id: wholeNumber({ min: 1 }), image_id: wholeNumber({ min: 1 }) }),
  body: { kind: "none" },
  responses: { 200: { description: "The picture", contentType: "application/octet-stream" }, ...failures },
  extra: true,
});

const Prediction = z.object({ label: z.string(), label_id: z.number().int(), confidence: z.number() });

export const testInference = defineRoute({
  id: "testInference",
  method: "POST",
  path: "/api/v1/test-inference",
  tag: "inference",
  summary: "Try a trained model on a picture: the best checkpoint, else the last",
  access: "read",
  body: {
    kind: "form",
    fields: z.object({
      training_job_id: JobId,
      confidence_threshold: finiteNumber({ min: 0, max: 1 })
        .default(0)
        .describe("Predictions below are left out"),
      top_k: wholeNumber({ min: 1, max: 1_000 }).default(5),
      epoch: ours(wholeNumber({ min: 1 }).optional(), "The checkpoint of that epoch"),
      checkpoint_path: ours(filledText(4_096).optional(), "That checkpoint"),
      iou_threshold: ours(finiteNumber({ min: 0, max: 1 }).optional(), "Detection only"),
      max_detections: ours(wholeNumber({ min: 1, max: 10_000 }).optional(), "Detection only"),
    }),
    files: {
      file: {
        min: 1,
        max: 64,
        description: "The picture; several are answered as a list",
        also: ["files", "image"],
      },
    },
  },
  responses: {
    200: {
      description: "What the model sees, most likely first",
      schema: z.object({
        predictions: z.array(Prediction),
        task_type: z.string(),
        model_name: z.string(),
        inference_time_ms: z.number(),
        checkpoint_path: ours(z.string(), "What was asked"),
        epoch: ours(z.number().int(), "Of that checkpoint"),
        results: ours(
          z
            .array(
              z.object({
                filename: z.string(),
                predictions: z.array(Prediction),
                error: z.string().nullable(),
              }),
            )
            .optional(),
          "One entry per file, where several were sent",
        ),
      }),
    },
    ...failures,
  },
});

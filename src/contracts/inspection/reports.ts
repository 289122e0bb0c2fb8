import { z } from "zod";
import { finiteNumber, plainText, truth, wholeNumber } from "../fields.ts";
import {
  Echo,
  failures,
  inspectionRoute,
  ModelKey,
  notFoundFailure,
  OperatorId,
  RecipeId,
  RoiId,
  RoiQuery,
  RoleId,
} from "./vocabulary.ts";

/** What a calibration is worth, the threshold by hand, and OK pictures that look like none. All of it is ours. */

const Place = { role_id: z.string(), roi_id: z.string(), model_key: z.string() };

const Confusion = z.object({
  true_positives: z.number().int().describe("NG pictures above the threshold"),
  false_negatives: z.number().int().describe("NG pictures that it misses"),
  false_positives: z.number().int().describe("OK pictures above it: false alarms"),
  true_negatives: z.number().int(),
  false_alarm_rate: z.number().nullable().describe("Share of the OK pictures; null without any"),
  detection_rate: z.number().nullable().describe("Share of the NG pictures; null without any"),
  f1: z.number().nullable().describe("Null without NG pictures"),
});

export const CalibrationSummary = z.object({
  calibration_id: z.number().int(),
  origin: z.enum(["dataset", "scores", "bundle", "site"]),
  in_use: z.boolean(),
  created_at_utc: z.string(),
  operator_id: z.string().nullable(),
  model_version: z.number().int().nullable(),
  threshold: z.number().describe("In use, after manual changes"),
  computed_threshold: z.number().describe("What the calibration itself gave"),
  score_percentile: z.number(),
  ok_mean: z.number(),
  ng_mean: z.number(),
  p99_ok: z.number(),
  p5_ng: z.number().nullable(),
  n_ok: z.number().int(),
  n_ng: z.number().int(),
});

export const listCalibrations = inspectionRoute({
  id: "inspectionCalibrations",
  method: "GET",
  path: "/calibrations",
  tag: "inspection",
  summary: "Calibrations of one ROI, newest first",
  access: "read",
  extra: true,
  query: RoiQuery.extend({ limit: wholeNumber({ min: 1, max: 100 }).default(20) }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "At most 50 are kept, and the last one of each version",
      schema: z.object({ status: z.literal("ok"), items: z.array(CalibrationSummary), ...Place, ...Echo }),
    },
    ...failures,
  },
});

export const CalibrationReport = CalibrationSummary.extend({
  status: z.literal("ok"),
  auroc: z.number().nullable().describe("Chance that an NG score lies above an OK score; null without both"),
  confusion: Confusion.nullable().describe("At the threshold in use; null where the scores were not kept"),
  best_f1: z
    .object({ threshold: z.number(), confusion: Confusion })
    .nullable()
    .describe("Greatest F1 over these scores; the highest such threshold"),
  false_alarm_target: z
    .object({ rate: z.number(), threshold: z.number(), confusion: Confusion })
    .nullable()
    .describe("Lowest threshold that at most this share of the OK scores lies above"),
  histogram: z
    .object({ edges: z.array(z.number()), ok: z.array(z.number().int()), ng: z.array(z.number().int()) })
    .nullable()
    .describe("Equal bins from the least to the greatest score; the last one includes its upper edge"),
  scores: z
    .array(
      z.object({
        label: z.enum(["ok", "ng"]),
        filename: z.string().nullable().describe("Null for scores that came without pictures"),
        score: z.number(),
        decision: z.enum(["ok", "ng"]).describe("By the threshold in use"),
        left_out: z
          .boolean()
          .describe("False where an OK picture was scored with its own patches, because there are no others"),
      }),
    )
    .nullable(),
  warnings: z.array(z.string()),
  ...Place,
  ...Echo,
});

export const calibrationReport = inspectionRoute({
  id: "inspectionCalibrationReport",
  method: "GET",
  path: "/calibration_report",
  tag: "inspection",
  summary: "What a calibration is worth, from the scores behind it",
  access: "read",
  extra: true,
  query: RoiQuery.extend({
    calibration_id: wholeNumber({ min: 1 }).optional().describe("The one in use when absent"),
    target_false_alarm_rate: finiteNumber({ min: 0, max: 0.999 }).default(0.01),
    bins: wholeNumber({ min: 1, max: 500 }).default(20),
    include_scores: truth().default(true),
  }),
  body: { kind: "none" },
  responses: {
    200: { description: "The report", schema: CalibrationReport },
    ...failures,
    ...notFoundFailure,
  },
});

const ThresholdAnswer = z.object({
  status: z.literal("ok"),
  threshold: z.number(),
  calibration_id: z.number().int().nullable(),
  history: z.array(
    z.object({
      at_utc: z.string(),
      reason: z.enum(["calibration", "manual", "rollback"]),
      from: z.number().nullable(),
      to: z.number(),
      operator_id: z.string().nullable(),
      actor: z.string().describe("Name of the credential"),
      note: z.string().nullable(),
      model_version: z.number().int().nullable(),
    }),
  ),
  ...Place,
  ...Echo,
});

export const getThreshold = inspectionRoute({
  id: "inspectionThreshold",
  method: "GET",
  path: "/threshold",
  tag: "inspection",
  summary: "The threshold in use, and every change of it, newest first",
  access: "read",
  extra: true,
  query: RoiQuery.extend({ limit: wholeNumber({ min: 1, max: 1_000 }).default(100) }),
  body: { kind: "none" },
  responses: { 200: { description: "Threshold and history", schema: ThresholdAnswer }, ...failures },
});

export const setThreshold = inspectionRoute({
  id: "inspectionSetThreshold",
  method: "POST",
  path: "/threshold",
  tag: "inspection",
  summary: "Set the threshold by hand; the calibration keeps what it computed",
  access: "write",
  extra: true,
  body: {
    kind: "json",
    schema: z.object({
      role_id: RoleId,
      roi_id: RoiId,
      recipe_id: RecipeId.nullable(),
      model_key: ModelKey.nullable(),
      threshold: finiteNumber({ above: 0 }).describe("Above 0: one that is not counts as missing"),
      operator_id: OperatorId.nullable(),
      note: plainText(1_000).nullable().optional().describe("Why"),
    }),
  },
  responses: { 200: { description: "Set", schema: ThresholdAnswer }, ...failures },
});

export const suspicious = inspectionRoute({
  id: "inspectionSuspicious",
  method: "GET",
  path: "/suspicious",
  tag: "inspection",
  summary: "OK pictures of the dataset, the strangest first",
  access: "read",
  extra: true,
  query: RoiQuery,
  body: { kind: "none" },
  responses: {
    200: {
      description: "Ranked by their leave-one-out score in the last calibration of the memory in use",
      schema: z.object({
        status: z.literal("ok"),
        rule: z.string().describe("What makes a picture suspicious, in words"),
        calibration_id: z.number().int(),
        model_version: z.number().int(),
        n_ok: z.number().int().describe("Pictures that are ranked"),
        n_suspicious: z.number().int(),
        items: z.array(
          z.object({
            filename: z.string(),
            score: z.number(),
            z: z.number().describe("Modified z-score among the OK pictures"),
            suspicious: z.boolean(),
            decision: z.enum(["ok", "ng"]).nullable().describe("By the threshold in use"),
          }),
        ),
        warnings: z.array(z.string()),
        ...Place,
        ...Echo,
      }),
    },
    ...failures,
  },
});

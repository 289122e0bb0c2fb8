import { z } from "zod";
import { anyNumber, finiteNumber, numberList, ours, truth } from "../fields.ts";
import {
  Echo,
  failures,
  inspectionRoute,
  ModelKey,
  OperatorId,
  RecipeId,
  RoiId,
  RoleId,
  ScorePercentile,
} from "./vocabulary.ts";

/** Calibration: contracts/inspection.md "POST /calibrate_ng" and "POST /calibrate_dataset". */

export const Calibration = z.object({
  threshold: z.number(),
  ok_mean: z.number(),
  ng_mean: z.number().describe("0.0 without NG scores"),
  p99_ok: z.number().describe("The percentile that was asked for, whatever its number"),
  p5_ng: z.number().nullable(),
  mm_per_px: z.number(),
  area_mm2_thr: z.number(),
  score_percentile: z.number(),
});

const scores = numberList(1_000_000).describe("NaN and infinities are dropped");
/** A million scores with 17 digits each. */
const SCORES_MAX_BYTES = 32 * 2 ** 20;

export const calibrateNg = inspectionRoute({
  id: "inspectionCalibrateNg",
  method: "POST",
  path: "/calibrate_ng",
  tag: "inspection",
  summary: "Compute and store the threshold from scores",
  access: "write",
  body: {
    kind: "json",
    maxBytes: SCORES_MAX_BYTES,
    schema: z.object({
      role_id: RoleId,
      roi_id: RoiId,
      model_key: ModelKey.nullable(),
      recipe_id: RecipeId.nullable(),
      mm_per_px: anyNumber().nullable().optional().describe("Default 0.2"),
      ok_scores: scores,
      ng_scores: scores.nullable().optional(),
      score_percentile: ScorePercentile.nullable().optional(),
      area_mm2_thr: finiteNumber({ min: 0 }).nullable().optional(),
      operator_id: OperatorId.nullable(),
    }),
  },
  responses: {
    200: {
      description: "Calibrated",
      schema: Calibration.extend({
        ...Echo,
        model_key: ours(z.string(), "Key of the model"),
        model_version: ours(z.number().int().nullable(), "The memory in use, if there is one yet"),
      }),
    },
    ...failures,
  },
});

export const calibrateDataset = inspectionRoute({
  id: "inspectionCalibrateDataset",
  method: "POST",
  path: "/calibrate_dataset",
  tag: "inspection",
  summary: "Compute and store the threshold from the stored dataset",
  access: "write",
  body: {
    kind: "json",
    schema: z.object({
      role_id: RoleId,
      roi_id: RoiId,
      recipe_id: RecipeId.nullable(),
      model_key: ModelKey.nullable(),
      score_percentile: ScorePercentile.nullable().optional(),
      area_mm2_thr: finiteNumber({ min: 0 }).nullable().optional(),
      default_mm_per_px: anyNumber().nullable().optional(),
      require_ng: truth().nullable().optional().describe("Default true"),
      operator_id: OperatorId.nullable(),
    }),
  },
  responses: {
    200: {
      description: "Calibrated; OK pictures of the memory are scored without their own patches",
      schema: Calibration.extend({
        status: z.literal("ok"),
        n_ok: z.number().int(),
        n_ng: z.number().int(),
        role_id: z.string(),
        roi_id: z.string(),
        model_key: z.string(),
        model_version: z.number().int(),
        ok_scores: z.array(z.number()).meta({ "x-quatrain": true }),
        ng_scores: z.array(z.number()).meta({ "x-quatrain": true }),
        warnings: z.array(z.string()).meta({ "x-quatrain": true }),
        ...Echo,
      }),
    },
    ...failures,
  },
});

import { z } from "zod";
import { anyNumber, filledText, ours, textList, truth, wholeNumber } from "../fields.ts";
import { Quality } from "./quality.ts";
import {
  Echo,
  failures,
  HeatmapScaleWish,
  HeatmapWish,
  inspectionRoute,
  MmPerPx,
  ModelKey,
  mmLockFailure,
  OperatorId,
  RecipeId,
  Region,
  RoiId,
  RoleId,
} from "./vocabulary.ts";

/** Fit and infer: contracts/inspection.md "POST /fit_ok" and "POST /infer"; manual sections 3 and 5. */

export const FitAnswer = z.object({
  n_embeddings: z.number().int().describe("Patches seen, summed over the grids"),
  coreset_size: z.number().int().describe("Patches kept, summed over the grids"),
  token_shape: z.array(z.number().int()).length(2).describe("[height, width] of the finest grid"),
  coreset_rate_requested: z.number(),
  coreset_rate_applied: z.number(),
  ...Echo,
  model_version: ours(z.number().int(), "Version of the memory, 1 for the first fit"),
  role_id: ours(z.string(), "Role of the station"),
  roi_id: ours(z.string(), "Region of interest"),
  model_key: ours(z.string(), "Key of the model"),
  operator_id: ours(z.string().nullable(), "Who did it, as sent"),
  backbone: ours(z.string(), "Engine that made the memory"),
  n_images: ours(z.number().int(), "OK images in the memory"),
  elapsed_ms: ours(z.number(), "Time of the fit in milliseconds"),
});

export const AcceptedFit = z.object({
  status: z.literal("queued"),
  job_id: z.string().describe("Follow it at /_/api/jobs/{id}"),
  ...Echo,
});

export const fitOk = inspectionRoute({
  id: "inspectionFitOk",
  method: "POST",
  path: "/fit_ok",
  tag: "inspection",
  summary: "Fit the memory of one ROI on pictures of good parts",
  access: "write",
  query: z.object({ async: ours(truth().optional(), "1: answer 202 with a job at once") }),
  body: {
    kind: "form",
    fields: z.object({
      role_id: RoleId,
      roi_id: RoiId,
      mm_per_px: MmPerPx,
      memory_fit: truth().default(false).describe("Keep every patch: no coreset, no caps"),
      use_dataset: truth().default(false).describe("Fit on the stored OK dataset instead of uploaded images"),
      recipe_id: RecipeId,
      model_key: ModelKey,
      operator_id: OperatorId,
      backbone: ours(
        filledText(100).optional(),
        "Engine of the memory: `auto`, `fb98`, `fb98-fast`, `vit_small_patch14_dinov2`, ...; the server's setting when absent",
      ),
      mode: ours(
        z.enum(["replace", "append"]).default("replace"),
        "`append` adds to the pictures of the last fit",
      ),
      async: ours(truth().optional(), "The same as the query parameter"),
      detail: ours(
        wholeNumber({ min: 1, max: 3 })
          .pipe(z.literal([1, 2, 3]))
          .default(1),
        "How many times finer than usual pictures are looked at, for small flaws in large pictures; costs its square",
      ),
    }),
    files: { images: { min: 0, max: 2_000, description: "Pictures of good parts", also: ["images[]"] } },
  },
  responses: {
    200: { description: "Fitted", schema: FitAnswer },
    202: { description: "Queued (async)", schema: AcceptedFit },
    ...failures,
    ...mmLockFailure,
  },
});

export const InferAnswer = z.object({
  score: z.number(),
  threshold: z.number().nullable().describe("Null only with allow_uncalibrated"),
  decision: z.enum(["ok", "ng"]).nullable(),
  is_anomaly: z.boolean().nullable(),
  token_shape: z.array(z.number().int()).length(2),
  heatmap_png_base64: z
    .string()
    .nullable()
    .describe("Gray PNG of the crop's size, stretched p1..p99, 0 outside the mask"),
  heatmap_scale: ours(
    z.object({ min: z.number(), max: z.number() }).nullable(),
    "The heat that 0 and 255 of the heatmap stand for: makes two heatmaps comparable",
  ),
  regions: z.array(Region),
  n_regions: z.number().int(),
  mm_per_px: z.number(),
  area_mm2_thr: ours(z.number().nullable(), "Smaller regions were dropped"),
  ...Echo,
  role_id: z.string(),
  roi_id: z.string(),
  model_key: z.string(),
  model_version: z.number().int(),
  backbone: z.string(),
  operator_id: ours(z.string().nullable(), "Who did it, as sent"),
  warnings: ours(z.array(z.string()), "What was put right or left out, in words"),
  quality: ours(Quality.nullable(), "The picture beside the memory's good ones; null where the gate is off"),
  overlay_png_base64: ours(
    z.string().nullable(),
    "With include_overlay: the crop with heat and outlines, at most 2,048 px on the longer side",
  ),
  contours_png_base64: ours(z.string().nullable(), "With include_contours: the crop with the outlines alone"),
  elapsed_ms: z.number(),
});

/** Which pictures `/infer` and `/infer_batch` send along. */
export const PictureWishes = {
  include_heatmap: HeatmapWish.optional().describe("auto = only when the decision is ng; always when absent"),
  heatmap_scale: ours(
    HeatmapScaleWish.optional(),
    "auto (when absent): stretched p1..p99 of the picture itself; threshold: from 0 to twice the threshold; two numbers such as 0,2.5: these",
  ),
  include_overlay: ours(HeatmapWish.optional(), "true, false or auto (ng only); never when absent"),
  include_contours: ours(HeatmapWish.optional(), "true, false or auto (ng only); never when absent"),
};

export const infer = inspectionRoute({
  id: "inspectionInfer",
  method: "POST",
  path: "/infer",
  tag: "inspection",
  summary: "Inspect one ROI crop",
  access: "write",
  body: {
    kind: "form",
    fields: z.object({
      role_id: RoleId,
      roi_id: RoiId,
      mm_per_px: MmPerPx,
      shape: z
        .string()
        .max(100_000)
        .optional()
        .describe("JSON mask in pixels of the crop: rect, circle, annulus or polygon"),
      recipe_id: RecipeId,
      model_key: ModelKey,
      operator_id: OperatorId,
      ...PictureWishes,
      allow_uncalibrated: ours(
        truth().default(false),
        "Score before calibration: threshold and decision are null",
      ),
    }),
    files: { image: { min: 1, max: 1, description: "The ROI crop" } },
  },
  responses: { 200: { description: "Inspected", schema: InferAnswer }, ...failures, ...mmLockFailure },
});

export const InferDatasetItem = z.object({
  label: z.enum(["ok", "ng"]),
  filename: z.string(),
  score: z.number().nullable(),
  threshold: z.number().nullable(),
  decision: z.enum(["ok", "ng"]).nullable(),
  mm_per_px: z.number().nullable(),
  regions: z.array(Region),
  n_regions: z.number().int(),
  heatmap_png_base64: z.string().nullable(),
  error: z.string().nullable(),
});

export const inferDataset = inspectionRoute({
  id: "inspectionInferDataset",
  method: "POST",
  path: "/infer_dataset",
  tag: "inspection",
  summary: "Inspect every picture of the stored dataset",
  access: "write",
  body: {
    kind: "json",
    schema: z.object({
      role_id: RoleId,
      roi_id: RoiId,
      recipe_id: RecipeId.nullable(),
      model_key: ModelKey.nullable(),
      labels: textList(100).nullable().optional().describe('Default ["ok","ng"]'),
      include_heatmap: truth().nullable().optional().describe("Default false"),
      default_mm_per_px: anyNumber().nullable().optional(),
    }),
  },
  responses: {
    200: {
      description: "Inspected; an item that failed says so in its own `error`",
      schema: z.object({
        status: z.literal("ok"),
        n_total: z.number().int(),
        n_errors: z.number().int(),
        items: z.array(InferDatasetItem),
        ...Echo,
        role_id: z.string(),
        roi_id: z.string(),
        model_key: z.string(),
        model_version: z.number().int(),
        threshold: z.number().nullable(),
      }),
    },
    ...failures,
  },
});

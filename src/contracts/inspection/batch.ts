import { z } from "zod";
import { finiteNumber, truth } from "../fields.ts";
import { InferAnswer, PictureWishes } from "./models.ts";
import {
  Echo,
  failures,
  inspectionRoute,
  MmPerPx,
  ModelKey,
  OperatorId,
  RecipeId,
  RoiId,
  RoleId,
} from "./vocabulary.ts";

/** Several ROIs of one picture in a call; ours (spec/inspection.md section 6). */

/** Most ROIs of one `/infer_batch`. */
const MAX_ROIS = 64;
const pixels = finiteNumber({ min: -1e6, max: 1e6 });

/** A part of the picture; ours. */
const Crop = z.object({
  x: pixels,
  y: pixels,
  w: pixels,
  h: pixels,
  angle: finiteNumber({ min: -360, max: 360 })
    .default(0)
    .describe("Degrees clockwise about the crop's middle"),
});

export const BatchRoi = z.object({
  role_id: RoleId,
  roi_id: RoiId,
  model_key: ModelKey.nullable(),
  mm_per_px: MmPerPx.nullable().optional().describe("The form's when absent"),
  shape: z
    .union([z.string().max(100_000), z.record(z.string(), z.unknown())])
    .nullable()
    .optional()
    .describe("Mask in pixels of the crop"),
  crop: Crop.nullable().optional().describe("The whole picture when absent"),
});

/** A form field that holds JSON: a list of ROIs. */
const BatchRois = z
  .string("Input should be a JSON list")
  .max(4_000_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.issues.push({ code: "custom", message: "Input should be valid JSON", input: text });
      return z.NEVER;
    }
  })
  .pipe(
    z
      .array(BatchRoi, "Input should be a JSON list")
      .min(1, "Input should name at least one ROI")
      .max(MAX_ROIS, `Input should name at most ${MAX_ROIS} ROIs`),
  )
  .meta({ type: "string" });

export const BatchItem = z.object({
  index: z.number().int(),
  role_id: z.string(),
  roi_id: z.string(),
  model_key: z.string(),
  crop: z
    .object({ x: z.number(), y: z.number(), w: z.number(), h: z.number(), angle: z.number() })
    .nullable()
    .describe("As sent"),
  error: z.string().nullable(),
  code: z.string().nullable(),
  result: InferAnswer.nullable().describe("What /infer answers for this crop; null with an error"),
});

export const inferBatch = inspectionRoute({
  id: "inspectionInferBatch",
  method: "POST",
  path: "/infer_batch",
  tag: "inspection",
  summary: "Inspect several ROIs of one picture",
  access: "write",
  extra: true,
  body: {
    kind: "form",
    fields: z.object({
      rois: BatchRois.describe("JSON list of {role_id, roi_id, crop?, shape?, mm_per_px?, model_key?}"),
      mm_per_px: MmPerPx.optional().describe("Scale of ROIs that name none"),
      recipe_id: RecipeId,
      operator_id: OperatorId,
      ...PictureWishes,
      allow_uncalibrated: truth().default(false),
    }),
    files: { image: { min: 1, max: 1, description: "The whole picture" } },
  },
  responses: {
    200: {
      description: "Inspected; an item that failed says so in its own `error`",
      schema: z.object({
        status: z.literal("ok"),
        decision: z
          .enum(["ok", "ng"])
          .nullable()
          .describe("ng when one is; ok when all are; null when one failed or decided nothing"),
        n_total: z.number().int(),
        n_ok: z.number().int(),
        n_ng: z.number().int(),
        n_errors: z.number().int(),
        items: z.array(BatchItem),
        ...Echo,
        operator_id: z.string().nullable(),
        elapsed_ms: z.number(),
      }),
    },
    ...failures,
  },
});

import { z } from "zod";
import {
  Echo,
  failures,
  inspectionRoute,
  ModelKey,
  OperatorId,
  RecipeId,
  RoiId,
  RoiQuery,
  RoleId,
} from "./vocabulary.ts";

/** The image-quality gate; ours (spec/inspection.md section 5). */

const OnPoor = z
  .enum(["warn", "undecided", "ng", "off"])
  .describe(
    "What a picture of poor quality means: a warning (default); no decision; ng; off measures nothing at all",
  );
const limit = z.number().nullable();

/** A picture's quality beside that of the memory's good pictures; limits are null where the memory has none. */
export const Quality = z.object({
  verdict: z.enum(["good", "poor", "unknown"]).describe("unknown: the memory is older than this"),
  reasons: z.array(z.string()).describe("In words, with number and limit"),
  on_poor: OnPoor,
  blur: z.object({
    poor: z.boolean(),
    laplacian_variance: z.number().describe("Of the brightness, at 224 px on the longer side at most"),
    relative_sharpness: limit.describe("1: as sharp as the median of the good pictures, at equal light"),
    min_relative_sharpness: limit,
  }),
  exposure: z.object({
    poor: z.boolean(),
    brightness: z.number().describe("Mean, 0..255"),
    min_brightness: limit,
    max_brightness: limit,
    dark_share: z.number().describe("Share of the pixels that are as good as black"),
    bright_share: z.number().describe("Share of the pixels that are as good as white"),
    max_dark_share: limit,
    max_bright_share: limit,
  }),
  alignment: z
    .object({
      poor: z.boolean(),
      dx_px: z.number().describe("Against the mean good picture, in pixels of the crop, to the right"),
      dy_px: z.number().describe("Downwards"),
      max_dx_px: z.number(),
      max_dy_px: z.number(),
      response: z.number().describe("How clear the match is, 0..1"),
      min_response: z.number(),
    })
    .nullable()
    .describe("Null where good pictures have no position in common, or are fewer than three"),
});

const Gate = z.object({
  on_poor: OnPoor,
  reference: z
    .object({
      n_images: z.number().int(),
      min_relative_sharpness: z.number(),
      brightness: z.number(),
      min_brightness: z.number(),
      max_brightness: z.number(),
      max_dark_share: z.number(),
      max_bright_share: z.number(),
      max_offset_share: limit.describe("Of the crop's sides; null where position is not judged"),
    })
    .nullable()
    .describe("What the good pictures of the memory in use are like; null without one"),
  role_id: z.string(),
  roi_id: z.string(),
  model_key: z.string(),
  model_version: z.number().int().nullable(),
  operator_id: z.string().nullable().describe("Who set it"),
  updated_at_utc: z.string().nullable().describe("Null: nobody set it, it warns"),
  ...Echo,
});

export const qualityGate = inspectionRoute({
  id: "inspectionQualityGate",
  method: "GET",
  path: "/quality_gate",
  tag: "inspection",
  summary: "What a ROI does with pictures of poor quality, and what its good ones are like",
  access: "read",
  extra: true,
  query: RoiQuery,
  body: { kind: "none" },
  responses: { 200: { description: "The gate", schema: Gate }, ...failures },
});

export const setQualityGate = inspectionRoute({
  id: "inspectionSetQualityGate",
  method: "POST",
  path: "/quality_gate",
  tag: "inspection",
  summary: "Say what a picture of poor quality means",
  access: "write",
  extra: true,
  body: {
    kind: "json",
    schema: z.object({
      role_id: RoleId,
      roi_id: RoiId,
      recipe_id: RecipeId.nullable(),
      model_key: ModelKey.nullable(),
      on_poor: OnPoor,
      operator_id: OperatorId.nullable(),
    }),
  },
  responses: { 200: { description: "The gate", schema: Gate }, ...failures },
});

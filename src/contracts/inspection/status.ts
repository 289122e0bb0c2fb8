import { z } from "zod";
import { Calibration } from "./calibration.ts";
import { DatasetClasses } from "./datasets.ts";
import {
  Echo,
  failures,
  inspectionRoute,
  ModelKey,
  RecipeId,
  RoiId,
  RoiQuery,
  RoleId,
} from "./vocabulary.ts";

/** Health, state and manifest: contracts/inspection.md "GET /health", "/manifest", "/state"; manual section 2. */

export const Health = z
  .looseObject({
    status: z.literal("ok"),
    device: z.string(),
    model: z.string(),
    version: z.string(),
    ...Echo,
    reason: z.string().optional().describe("Only when there is no GPU"),
    uptime_s: z.number(),
    roles_loaded: z.array(z.string()),
    backbone: z.string(),
  })
  .describe(
    "On the shared listener it also carries `systems`, and the fields of other contracts that claim the path",
  );

export const health = inspectionRoute({
  id: "inspectionHealth",
  method: "GET",
  path: "/health",
  tag: "inspection",
  summary: "Handshake",
  access: "none",
  body: { kind: "none" },
  responses: { 200: { description: "Alive", schema: Health }, ...failures },
});

export const state = inspectionRoute({
  id: "inspectionState",
  method: "GET",
  path: "/state",
  tag: "inspection",
  summary: "Lightweight readiness of one ROI",
  access: "read",
  query: RoiQuery,
  body: { kind: "none" },
  responses: {
    200: {
      description: "State",
      schema: z.object({
        status: z.literal("ok"),
        memory_fitted: z.boolean(),
        calib_present: z.boolean(),
        ...Echo,
        role_id: z.string(),
        roi_id: z.string(),
        model_key: z.string(),
        model_version: z.number().int().nullable(),
      }),
    },
    ...failures,
  },
});

export const Manifest = z.object({
  memory: z.boolean(),
  calib: Calibration.extend({ created_at_utc: z.string() }).nullable(),
  datasets: z.object({ classes: DatasetClasses }),
  role_id: z.string(),
  roi_id: z.string(),
  model_key: z.string(),
  model_version: z.number().int().nullable(),
  backbone: z.string().nullable(),
  token_shape: z.array(z.number().int()).nullable(),
  mm_per_px: z.number().nullable().describe("The recipe's lock"),
  ...Echo,
});

const manifestAnswer = { 200: { description: "What is stored", schema: Manifest }, ...failures } as const;

export const manifest = inspectionRoute({
  id: "inspectionManifest",
  method: "GET",
  path: "/manifest",
  tag: "inspection",
  summary: "Memory, calibration and dataset of one ROI",
  access: "read",
  query: RoiQuery,
  body: { kind: "none" },
  responses: manifestAnswer,
});

export const manifestByPath = inspectionRoute({
  id: "inspectionManifestByPath",
  method: "GET",
  path: "/manifests/:role_id/:roi_id",
  tag: "inspection",
  summary: "The same, under the older manual's path",
  access: "read",
  params: z.object({ role_id: RoleId, roi_id: RoiId }),
  query: z.object({ recipe_id: RecipeId, model_key: ModelKey }),
  body: { kind: "none" },
  responses: manifestAnswer,
});

export const listRois = inspectionRoute({
  id: "inspectionRois",
  method: "GET",
  path: "/rois",
  tag: "inspection",
  summary: "Every ROI that has pictures, a memory or a threshold",
  access: "read",
  extra: true,
  body: { kind: "none" },
  responses: {
    200: {
      description: "By recipe, role and ROI; 10,000 at most",
      schema: z.object({
        status: z.literal("ok"),
        rois: z.array(
          z.object({
            recipe_id: z.string(),
            role_id: z.string(),
            roi_id: z.string(),
            model_key: z.string(),
            n_ok: z.number().int(),
            n_ng: z.number().int(),
            model_version: z.number().int().nullable(),
            backbone: z.string().nullable(),
            threshold: z.number().nullable(),
          }),
        ),
        request_id: z.string(),
      }),
    },
    ...failures,
  },
});

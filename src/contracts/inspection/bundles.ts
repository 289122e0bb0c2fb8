import { z } from "zod";
import { wholeNumber } from "../fields.ts";
import {
  Echo,
  failures,
  inspectionRoute,
  ModelKey,
  mmLockFailure,
  notFoundFailure,
  OperatorId,
  RecipeId,
  RoiId,
  RoiQuery,
  RoleId,
} from "./vocabulary.ts";

/** A version as one file, out and in. Ours. */

export const exportBundle = inspectionRoute({
  id: "inspectionExportBundle",
  method: "GET",
  path: "/model_bundle",
  tag: "inspection versions",
  summary: "A version as one file: memory, calibration, names and hashes of its pictures",
  access: "read",
  extra: true,
  query: RoiQuery.extend({
    version: wholeNumber({ min: 1 }).optional().describe("The one in use when absent"),
  }),
  body: { kind: "none" },
  responses: {
    200: { description: "ZIP with manifest.json and memory.safetensors", contentType: "application/zip" },
    ...failures,
    ...notFoundFailure,
  },
});

export const importBundle = inspectionRoute({
  id: "inspectionImportBundle",
  method: "POST",
  path: "/import_bundle",
  tag: "inspection versions",
  summary: "Put a bundle's memory in use as the next version, with its calibration",
  access: "write",
  extra: true,
  body: {
    kind: "form",
    fields: z.object({
      role_id: RoleId.optional().describe("The bundle's own when absent; so the others"),
      roi_id: RoiId.optional(),
      recipe_id: RecipeId,
      model_key: ModelKey,
      operator_id: OperatorId,
    }),
    files: { bundle: { min: 1, max: 1, description: "What /model_bundle gave" } },
    largeFiles: true,
  },
  responses: {
    200: {
      description: "In use",
      schema: z.object({
        status: z.literal("ok"),
        model_version: z.number().int(),
        backbone: z.string(),
        n_images: z.number().int(),
        threshold: z.number().nullable().describe("Of the calibration that came along; null without one"),
        warnings: z.array(z.string()).describe("What the bundle does not say"),
        role_id: z.string(),
        roi_id: z.string(),
        model_key: z.string(),
        ...Echo,
      }),
    },
    ...failures,
    ...mmLockFailure,
  },
});

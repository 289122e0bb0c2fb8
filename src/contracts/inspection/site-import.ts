import { z } from "zod";
import { anyNumber } from "../fields.ts";
import {
  Echo,
  failures,
  inspectionRoute,
  ModelKey,
  mmLockFailure,
  OperatorId,
  RecipeId,
  RoiId,
  RoleId,
} from "./vocabulary.ts";

/** Memories of an existing site of the reference server. Ours. */

export const importMemory = inspectionRoute({
  id: "inspectionImportMemory",
  method: "POST",
  path: "/import_memory",
  tag: "inspection versions",
  summary: "Take over a memory of the reference server (.npz) with its calibration",
  access: "write",
  extra: true,
  body: {
    kind: "form",
    fields: z.object({
      role_id: RoleId,
      roi_id: RoiId,
      recipe_id: RecipeId,
      model_key: ModelKey,
      mm_per_px: anyNumber().optional().describe("Where neither memory nor calibration says it"),
      operator_id: OperatorId,
    }),
    files: {
      memory: { min: 1, max: 1, description: "NAME.npz" },
      calibration: { min: 0, max: 1, description: "NAME_calib.json" },
    },
    largeFiles: true,
  },
  responses: {
    200: {
      description: "Taken over, or there already",
      schema: z.object({
        status: z.literal("ok"),
        was_there: z.boolean().describe("It had been imported before: nothing was done"),
        model_version: z.number().int(),
        backbone: z.string(),
        n_embeddings: z.number().int(),
        threshold: z.number().nullable(),
        warnings: z.array(z.string()),
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

import { z } from "zod";
import { filledText, finiteNumber, plainText, wholeNumber } from "../fields.ts";
import { defineRoute } from "../route.ts";
import { failures, TaskType } from "./vocabulary.ts";

/** contracts/training.md "GET /api/v1/training/config-schema"; spec/training.md section 5. */

const Json = z.record(z.string(), z.unknown());

const ConfigField = z.looseObject({
  name: z.string().describe("Dotted path in advanced_config"),
  type: z.string(),
  label: z.string(),
  description: z.string(),
  default: z.unknown(),
});

const ConfigSchema = z.object({
  framework: z.string(),
  task_type: z.string(),
  schema: z.object({ fields: z.array(ConfigField) }),
  presets: z.record(z.string(), Json),
});

const question = z.object({
  framework: filledText(50),
  task_type: plainText(50).optional(),
});

const asked = {
  method: "GET",
  tag: "config",
  access: "read",
  body: { kind: "none" },
} as const;

export const configSchema = defineRoute({
  ...asked,
  id: "configSchema",
  path: "/api/v1/training/config-schema",
  summary: "Every advanced setting with its meaning, bounds and default",
  query: question,
  responses: { 200: { description: "The schema", schema: ConfigSchema }, ...failures },
});

export const configSchemaAlias = defineRoute({
  ...asked,
  id: "configSchemaAlias",
  path: "/api/v1/training/config/schema",
  summary: "The same as /api/v1/training/config-schema",
  query: question,
  responses: { 200: { description: "The schema", schema: ConfigSchema }, ...failures },
  extra: true,
});

export const configDefaults = defineRoute({
  ...asked,
  id: "configDefaults",
  path: "/api/v1/training/config/defaults",
  summary: "The advanced settings that hold where none are given",
  query: z.object({ framework: plainText(50).default("quatrain"), task_type: plainText(50).optional() }),
  responses: { 200: { description: "Defaults", schema: Json }, ...failures },
  extra: true,
});

export const configPresets = defineRoute({
  ...asked,
  id: "configPresets",
  path: "/api/v1/training/config/presets",
  summary: "Named sets of advanced settings",
  responses: {
    200: { description: "Presets by name", schema: z.object({ presets: z.record(z.string(), Json) }) },
    ...failures,
  },
  extra: true,
});

export const validateTrainingConfig = defineRoute({
  id: "validateTrainingConfig",
  method: "POST",
  path: "/api/v1/training/config/validate",
  tag: "config",
  summary: "What a configuration would do, without making a job",
  access: "read",
  body: {
    kind: "json",
    schema: z.object({
      framework: plainText(50).default("quatrain"),
      model_name: plainText(200).optional(),
      task_type: TaskType.default("image_classification"),
      dataset_id: plainText(200).optional(),
      epochs: wholeNumber({ min: 1, max: 1_000 }).default(50),
      batch_size: wholeNumber({ min: 1, max: 512 }).default(32),
      learning_rate: finiteNumber({ above: 0, max: 1 }).default(0.001),
      advanced_config: Json.nullish(),
      config: Json.nullish().describe("Older name of advanced_config"),
    }),
  },
  responses: {
    200: {
      description: "The judgement",
      schema: z.object({
        valid: z.boolean(),
        errors: z.array(z.object({ field: z.string(), message: z.string() })),
        warnings: z.array(z.string()),
        suggestions: z.array(z.string()),
        config: Json.nullable().describe("With every default filled in; null where it is not valid"),
      }),
    },
    ...failures,
  },
  extra: true,
});

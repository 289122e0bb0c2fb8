import { z } from "zod";
import { filledText, plainText, wholeNumber } from "../fields.ts";
import { CalibrationSummary } from "./reports.ts";
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

/** Versions of a ROI's memory, and the audit log. All of it is ours. */

const Place = { role_id: z.string(), roi_id: z.string(), model_key: z.string() };
const VersionNumber = wholeNumber({ min: 1 });

const Version = z.object({
  version: z.number().int(),
  in_use: z.boolean(),
  created_at_utc: z.string(),
  operator_id: z.string().nullable(),
  origin: z
    .enum(["fit", "bundle", "site"])
    .describe("Fitted here, from a bundle, or from another server's folder"),
  backbone: z.string(),
  settings: z.record(z.string(), z.unknown()).nullable().describe("How it was fitted; null where not known"),
  mm_per_px: z.number(),
  n_images: z.number().int(),
  n_embeddings: z.number().int(),
  coreset_size: z.number().int(),
  token_shape: z.array(z.number().int()).length(2),
  calibration: CalibrationSummary.nullable().describe("The last one made with it"),
});

const Picture = z.object({ filename: z.string(), sha256: z.string() });

export const listVersions = inspectionRoute({
  id: "inspectionVersions",
  method: "GET",
  path: "/model_versions",
  tag: "inspection versions",
  summary: "Versions of a ROI's memory, newest first",
  access: "read",
  extra: true,
  query: RoiQuery.extend({
    limit: wholeNumber({ min: 1, max: 100 }).default(20),
    before: VersionNumber.optional().describe("Only older ones: the next page"),
  }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "Versions; QUATRAIN_INSPECTION_KEEP_VERSIONS of them are kept",
      schema: z.object({ status: z.literal("ok"), items: z.array(Version), ...Place, ...Echo }),
    },
    ...failures,
  },
});

export const showVersion = inspectionRoute({
  id: "inspectionVersion",
  method: "GET",
  path: "/model_versions/:version",
  tag: "inspection versions",
  summary: "One version with the pictures that it was fitted on",
  access: "read",
  extra: true,
  params: z.object({ version: VersionNumber }),
  query: RoiQuery,
  body: { kind: "none" },
  responses: {
    200: {
      description: "The version",
      schema: Version.extend({ status: z.literal("ok"), dataset: z.array(Picture), ...Place, ...Echo }),
    },
    ...failures,
    ...notFoundFailure,
  },
});

const Pair = <Value extends z.ZodType>(value: Value) => z.object({ a: value, b: value });

export const compareVersions = inspectionRoute({
  id: "inspectionCompareVersions",
  method: "GET",
  path: "/compare_versions",
  tag: "inspection versions",
  summary: "What differs between two versions",
  access: "read",
  extra: true,
  query: RoiQuery.extend({ a: VersionNumber, b: VersionNumber }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "Both versions, and where they differ",
      schema: z.object({
        status: z.literal("ok"),
        a: Version,
        b: Version,
        settings: z.record(z.string(), Pair(z.unknown())).describe("Those that differ"),
        dataset: z.object({
          both: z.number().int().describe("Pictures in both, by content"),
          only_a: z.array(Picture),
          only_b: z.array(Picture),
        }),
        auroc: Pair(z.number().nullable()).describe("Of each version's own calibration"),
        confusion: Pair(
          z
            .object({ false_alarm_rate: z.number().nullable(), detection_rate: z.number().nullable() })
            .nullable(),
        ).describe("At each version's own threshold"),
        ...Place,
        ...Echo,
      }),
    },
    ...failures,
    ...notFoundFailure,
  },
});

const inUseFailure = {
  409: { description: "The version is in use", schema: failures[400].schema },
} as const;

export const rollback = inspectionRoute({
  id: "inspectionRollback",
  method: "POST",
  path: "/rollback",
  tag: "inspection versions",
  summary: "Put another version in use, with the calibration that belongs to it",
  access: "write",
  extra: true,
  body: {
    kind: "json",
    schema: z.object({
      role_id: RoleId,
      roi_id: RoiId,
      recipe_id: RecipeId.nullable(),
      model_key: ModelKey.nullable(),
      version: VersionNumber,
      operator_id: OperatorId.nullable(),
      note: plainText(1_000).nullable().optional().describe("Why; kept in the audit log"),
    }),
  },
  responses: {
    200: {
      description: "In use",
      schema: z.object({
        status: z.literal("ok"),
        model_version: z.number().int(),
        previous_version: z.number().int().nullable(),
        threshold: z.number().nullable(),
        warnings: z.array(z.string()),
        ...Place,
        ...Echo,
      }),
    },
    ...failures,
    ...notFoundFailure,
  },
});

export const deleteVersion = inspectionRoute({
  id: "inspectionDeleteVersion",
  method: "DELETE",
  path: "/model_versions/:version",
  tag: "inspection versions",
  summary: "Delete a version that is not in use",
  access: "write",
  extra: true,
  params: z.object({ version: VersionNumber }),
  query: RoiQuery.extend({ operator_id: OperatorId }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "`deleted` is false when there was no such version",
      schema: z.object({ deleted: z.boolean(), version: z.number().int(), ...Place, ...Echo }),
    },
    ...failures,
    ...inUseFailure,
  },
});

export const AuditActionName = z.enum([
  "fit",
  "calibrate_dataset",
  "calibrate_ng",
  "set_threshold",
  "set_quality_gate",
  "rollback",
  "delete_version",
  "delete_picture",
  "clear_dataset",
  "import_bundle",
  "import_memory",
  "retention",
]);

const Instant = z
  .string()
  .max(40)
  .refine(
    (text) => !Number.isNaN(Date.parse(text)),
    "Input should be a day or an instant, 2026-01-30 or 2026-01-30T10:30:00Z",
  );

export const audit = inspectionRoute({
  id: "inspectionAudit",
  method: "GET",
  path: "/audit",
  tag: "inspection versions",
  summary: "Who fitted, calibrated, set thresholds, rolled back, imported and deleted; newest first",
  access: "read",
  extra: true,
  query: z.object({
    recipe_id: RecipeId,
    role_id: RoleId.optional(),
    roi_id: RoiId.optional(),
    action: AuditActionName.optional(),
    operator_id: filledText(200).optional(),
    since: Instant.optional().describe("From this instant on (UTC)"),
    until: Instant.optional().describe("Before this instant (UTC)"),
    limit: wholeNumber({ min: 1, max: 1_000 }).default(100),
    before: wholeNumber({ min: 1 }).optional().describe("`next_before` of the page before"),
  }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "Entries; all recipes unless `recipe_id` names one",
      schema: z.object({
        status: z.literal("ok"),
        items: z.array(
          z.object({
            id: z.number().int(),
            at_utc: z.string(),
            action: AuditActionName,
            operator_id: z.string().nullable().describe("As the request said"),
            actor: z.string().describe("Name of the credential, or `server`"),
            recipe_id: z.string().nullable(),
            role_id: z.string().nullable(),
            roi_id: z.string().nullable(),
            model_key: z.string().nullable(),
            model_version: z.number().int().nullable(),
            details: z.record(z.string(), z.unknown()),
            request_id: z.string().nullable(),
          }),
        ),
        next_before: z.number().int().nullable().describe("Null on the last page"),
        ...Echo,
      }),
    },
    ...failures,
  },
});

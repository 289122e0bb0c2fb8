import { z } from "zod";
import { ours, truth } from "../fields.ts";
import {
  DatasetFileQuery,
  DatasetQuery,
  Echo,
  failures,
  inspectionRoute,
  Label,
  mmLockFailure,
  notFoundFailure,
  OperatorId,
  RecipeId,
  RoiId,
  RoleId,
} from "./vocabulary.ts";

/** The stored OK and NG pictures: contracts/inspection.md "Dataset endpoints". */

const Place = { role_id: z.string(), roi_id: z.string() };

const upload = <const Id extends string, const Path extends string>(id: Id, path: Path, summary: string) =>
  inspectionRoute({
    id,
    method: "POST",
    path,
    tag: "inspection datasets",
    summary,
    access: "write",
    body: {
      kind: "form",
      fields: z.object({
        role_id: RoleId,
        roi_id: RoiId,
        recipe_id: RecipeId,
        metas: z.array(z.string()).optional().describe("JSON objects, one per image, in the same order"),
        skip_known: ours(
          truth().optional(),
          "Leave out pictures that the dataset has already, by content; `saved` names the new ones",
        ),
      }),
      files: { images: { min: 1, max: 2_000, description: "Pictures", also: ["images[]"] } },
    },
    responses: {
      200: {
        description: "Stored",
        schema: z.object({
          status: z.literal("ok"),
          saved: z.array(z.string()),
          label: z.enum(["ok", "ng"]),
          ...Place,
          ...Echo,
        }),
      },
      ...failures,
      ...mmLockFailure,
    },
  });

export const uploadOk = upload(
  "inspectionUploadOk",
  "/datasets/ok/upload",
  "Add OK pictures: all of them or none",
);
export const uploadNg = upload(
  "inspectionUploadNg",
  "/datasets/ng/upload",
  "Add NG pictures: all of them or none",
);

export const DatasetClass = z.object({
  count: z.number().int(),
  files: z.array(z.string()),
  meta: z.record(z.string(), z.boolean()).describe("Whether the picture has a sidecar"),
});
export const DatasetClasses = z.object({ ok: DatasetClass, ng: DatasetClass });

export const listDataset = inspectionRoute({
  id: "inspectionListDataset",
  method: "GET",
  path: "/datasets/list",
  tag: "inspection datasets",
  summary: "Classes, counts and files",
  access: "read",
  query: DatasetQuery,
  body: { kind: "none" },
  responses: {
    200: {
      description: "The dataset",
      schema: z.object({ status: z.literal("ok"), classes: DatasetClasses, ...Place, ...Echo }),
    },
    ...failures,
  },
});

export const getDatasetFile = inspectionRoute({
  id: "inspectionDatasetFile",
  method: "GET",
  path: "/datasets/file",
  tag: "inspection datasets",
  summary: "The picture's bytes",
  access: "read",
  query: DatasetFileQuery,
  body: { kind: "none" },
  responses: { 200: { description: "The picture", contentType: "image/*" }, ...failures, ...notFoundFailure },
});

export const getDatasetMeta = inspectionRoute({
  id: "inspectionDatasetMeta",
  method: "GET",
  path: "/datasets/meta",
  tag: "inspection datasets",
  summary: "The picture's sidecar",
  access: "read",
  query: DatasetFileQuery,
  body: { kind: "none" },
  responses: {
    200: { description: "The sidecar", schema: z.record(z.string(), z.unknown()) },
    ...failures,
    ...notFoundFailure,
  },
});

export const deleteDatasetFile = inspectionRoute({
  id: "inspectionDeleteDatasetFile",
  method: "DELETE",
  path: "/datasets/file",
  tag: "inspection datasets",
  summary: "Delete one picture and its sidecar",
  access: "write",
  query: DatasetFileQuery.extend({ operator_id: OperatorId }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "`deleted` is false when there was no such file",
      schema: z.object({
        deleted: z.boolean(),
        filename: z.string(),
        label: z.enum(["ok", "ng"]),
        ...Place,
        ...Echo,
      }),
    },
    ...failures,
  },
});

export const clearDataset = inspectionRoute({
  id: "inspectionClearDataset",
  method: "DELETE",
  path: "/datasets/clear",
  tag: "inspection datasets",
  summary: "Delete every picture of one class",
  access: "write",
  query: DatasetQuery.extend({ label: Label, operator_id: OperatorId }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "`cleared` counts pictures; their sidecars go along",
      schema: z.object({ cleared: z.number().int(), label: z.enum(["ok", "ng"]), ...Place, ...Echo }),
    },
    ...failures,
  },
});

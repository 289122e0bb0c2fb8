import { z } from "zod";
import { filledText, ours, plainText, truth, wholeNumber } from "../fields.ts";
import { defineRoute } from "../route.ts";
import {
  DatasetFormat,
  DatasetId,
  Done,
  failures,
  ProjectId,
  page,
  TaskType,
  Time,
  Visibility,
} from "./vocabulary.ts";

/** contracts/training.md "Dataset API". */

const MAX_JSON = { maxBytes: 2 ** 20 };

const Counts = z.record(z.string(), z.number().int());

const Summary = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  format: z.string(),
  visibility: Visibility,
  project_id: z.number().int().nullable(),
  file_count: z.number().int(),
  total_size_bytes: z.number().int(),
  num_classes: z.number().int(),
  created_at: Time,
  updated_at: Time,
  task_type: ours(TaskType, "What its labels are for"),
  image_count: ours(z.number().int(), "Pictures that can be trained on"),
  problem_count: ours(z.number().int(), "Faults found in its files"),
  owner_id: ours(z.number().int().nullable(), "The user who made it"),
});

const Problem = z.object({
  path: z.string(),
  code: z.string(),
  message: z.string(),
});

const Dataset = Summary.extend({
  class_distribution: Counts.describe("Pictures by class; boxes by class for detection"),
  classes: ours(z.array(z.string()), "In the order of their ids"),
  split_distribution: ours(z.record(z.string(), Counts), "Pictures by split and class"),
  problems: ours(z.array(Problem), "The first of them"),
  warnings: ours(z.array(z.string()), "Imbalance, duplicates across the split and the like"),
  skipped_files: ours(z.number().int(), "Files of operating systems and the like, left out of this upload"),
});

const files = (min: number) => ({
  files: {
    min,
    max: 10_000,
    description: "Pictures and annotations with their relative paths as file names, or zip archives",
    also: ["file", "files[]", "images", "images[]"],
  },
});

export const createDataset = defineRoute({
  id: "createDataset",
  method: "POST",
  path: "/api/v1/datasets",
  tag: "datasets",
  summary: "Make a dataset from files or zip archives; JSON makes an empty one",
  access: "write",
  body: {
    kind: "form",
    fields: z.object({
      name: filledText(200),
      description: plainText(10_000).nullish(),
      format: DatasetFormat.default("dice"),
      visibility: Visibility.default("private"),
      project_id: ProjectId.nullish(),
      task_type: ours(TaskType.optional(), "What its labels are for; found out when absent"),
      paths: ours(z.array(z.string()).max(10_000).optional(), "Relative paths of the files, in their order"),
    }),
    files: files(0),
    largeFiles: true,
    json: MAX_JSON,
  },
  responses: { 201: { description: "The dataset", schema: Dataset }, ...failures },
});

const addition = {
  method: "POST",
  tag: "datasets",
  access: "write",
  params: z.object({ dataset_id: DatasetId }),
  body: {
    kind: "form",
    fields: z.object({
      paths: z
        .array(z.string())
        .max(10_000)
        .optional()
        .describe("Relative paths of the files, in their order"),
      class_name: plainText(200).optional().describe("Folder for files that come without a path"),
      split: plainText(20).optional().describe("train, val or test: folder above that"),
    }),
    files: files(1),
    largeFiles: true,
  },
  responses: { 200: { description: "The dataset with its new files", schema: Dataset }, ...failures },
  extra: true,
} as const;

export const addDatasetFiles = defineRoute({
  ...addition,
  id: "addDatasetFiles",
  path: "/api/v1/datasets/:dataset_id/files",
  summary: "Add files; one with a known path replaces the old one",
});

export const uploadDatasetImages = defineRoute({
  ...addition,
  id: "uploadDatasetImages",
  path: "/api/v1/datasets/:dataset_id/upload-images",
  summary: "The same as /files",
});

const listQuery = z.object({
  project_id: wholeNumber({ min: 1 }).optional(),
  format: plainText(50).optional(),
  task_type: ours(TaskType.optional(), "What its labels are for"),
  search: ours(plainText(200).optional(), "In the name"),
  ...page(50, 1_000),
});

const DatasetList = z.object({
  datasets: z.array(Summary),
  total: z.number().int(),
  skip: z.number().int(),
  limit: z.number().int(),
});

export const listDatasets = defineRoute({
  id: "listDatasets",
  method: "GET",
  path: "/api/v1/datasets",
  tag: "datasets",
  summary: "Datasets that the caller may see, newest first",
  access: "read",
  query: listQuery,
  body: { kind: "none" },
  responses: { 200: { description: "A page of datasets", schema: DatasetList }, ...failures },
});

export const availableDatasets = defineRoute({
  id: "availableDatasets",
  method: "GET",
  path: "/api/v1/datasets/available",
  tag: "datasets",
  summary: "Those of them that can be trained on",
  access: "read",
  query: listQuery,
  body: { kind: "none" },
  responses: { 200: { description: "A page of datasets", schema: DatasetList }, ...failures },
  extra: true,
});

export const getDataset = defineRoute({
  id: "getDataset",
  method: "GET",
  path: "/api/v1/datasets/:dataset_id",
  tag: "datasets",
  summary: "One dataset with its classes and what is wrong with it",
  access: "read",
  params: z.object({ dataset_id: DatasetId }),
  body: { kind: "none" },
  responses: { 200: { description: "The dataset", schema: Dataset }, ...failures },
});

export const deleteDataset = defineRoute({
  id: "deleteDataset",
  method: "DELETE",
  path: "/api/v1/datasets/:dataset_id",
  tag: "datasets",
  summary: "Delete a dataset that no running job uses; finished jobs keep their frozen pictures",
  access: "write",
  params: z.object({ dataset_id: DatasetId }),
  body: { kind: "none" },
  responses: { 200: { description: "Deleted", schema: Done }, ...failures },
  extra: true,
});

export const datasetImages = defineRoute({
  id: "datasetImages",
  method: "GET",
  path: "/api/v1/datasets/:dataset_id/images",
  tag: "datasets",
  summary: "Its pictures with their labels, by path",
  access: "read",
  params: z.object({ dataset_id: DatasetId }),
  query: z.object({
    split: plainText(20).optional(),
    label: plainText(200).optional().describe("A class's name"),
    ...page(50, 1_000),
  }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "A page of pictures",
      schema: z.object({
        dataset_id: z.string(),
        images: z.array(
          z.object({
            path: z.string(),
            label: z.string().nullable(),
            label_id: z.number().int().nullable(),
            split: z.string().nullable(),
            width: z.number().int().nullable(),
            height: z.number().int().nullable(),
            bytes: z.number().int(),
            sha256: z.string(),
            boxes: z.number().int(),
            problem: z.string().nullable(),
            url: z.string(),
          }),
        ),
        total: z.number().int(),
        skip: z.number().int(),
        limit: z.number().int(),
      }),
    },
    ...failures,
  },
  extra: true,
});

export const datasetFile = defineRoute({
  id: "datasetFile",
  method: "GET",
  path: "/api/v1/datasets/:dataset_id/file/*path",
  tag: "datasets",
  summary: "One file of it",
  access: "read",
  params: z.object({ dataset_id: DatasetId, path: filledText(1_024) }),
  body: { kind: "none" },
  responses: { 200: { description: "The file", contentType: "application/octet-stream" }, ...failures },
  extra: true,
});

export const deleteDatasetFile = defineRoute({
  id: "deleteDatasetFile",
  method: "DELETE",
  path: "/api/v1/datasets/:dataset_id/file/*path",
  tag: "datasets",
  summary: "Take one file out of it",
  access: "write",
  params: z.object({ dataset_id: DatasetId, path: filledText(1_024) }),
  body: { kind: "none" },
  responses: { 200: { description: "Deleted", schema: Done }, ...failures },
  extra: true,
});

export const checkDataset = defineRoute({
  id: "checkDataset",
  method: "GET",
  path: "/api/v1/datasets/:dataset_id/check",
  tag: "datasets",
  summary: "Faults, imbalance, and duplicates within and across the split",
  access: "read",
  params: z.object({ dataset_id: DatasetId }),
  query: z.object({ near: truth().default(true).describe("Also pictures that only look alike") }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "The report",
      schema: z.object({
        dataset_id: z.string(),
        problems: z.array(Problem),
        problem_count: z.number().int(),
        class_distribution: Counts,
        split_distribution: z.record(z.string(), Counts),
        imbalance_ratio: z.number().nullable().describe("Largest class over smallest"),
        duplicates: z
          .array(z.object({ paths: z.array(z.string()), across_split: z.boolean(), exact: z.boolean() }))
          .describe("Groups of the same or nearly the same picture; the first 200"),
        duplicate_count: z.number().int(),
        across_split_count: z.number().int(),
        warnings: z.array(z.string()),
      }),
    },
    ...failures,
  },
  extra: true,
});

export const exportDataset = defineRoute({
  id: "exportDataset",
  method: "GET",
  path: "/api/v1/datasets/:dataset_id/export",
  tag: "datasets",
  summary: "The whole dataset as a zip archive, in any of the formats",
  access: "read",
  params: z.object({ dataset_id: DatasetId }),
  query: z.object({ format: z.enum(["dice", "imagefolder", "coco", "yolo", "voc"]).default("dice") }),
  body: { kind: "none" },
  responses: { 200: { description: "The archive", contentType: "application/zip" }, ...failures },
  extra: true,
});

const Project = z.object({
  id: z.number().int(),
  name: z.string(),
  description: z.string().nullable(),
  owner_id: z.number().int().nullable(),
  job_count: z.number().int(),
  dataset_count: z.number().int(),
  created_at: Time,
});

export const listProjects = defineRoute({
  id: "listProjects",
  method: "GET",
  path: "/api/v1/projects",
  tag: "projects",
  summary: "Projects that the caller may see, newest first",
  access: "read",
  query: z.object({ ...page(50, 1_000) }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "A page of projects",
      schema: z.object({
        projects: z.array(Project),
        total: z.number().int(),
        skip: z.number().int(),
        limit: z.number().int(),
      }),
    },
    ...failures,
  },
  extra: true,
});

export const createProject = defineRoute({
  id: "createProject",
  method: "POST",
  path: "/api/v1/projects",
  tag: "projects",
  summary: "Make a project with a name",
  access: "write",
  body: {
    kind: "json",
    schema: z.object({ name: filledText(200), description: plainText(10_000).nullish() }),
  },
  responses: { 201: { description: "The project", schema: Project }, ...failures },
  extra: true,
});

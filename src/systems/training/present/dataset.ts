import type { DatasetFile, DatasetRecord } from "../dataset-record.ts";
import type { Project } from "../store/project-store.ts";
import { iso } from "./job.ts";

export function presentSummary(dataset: DatasetRecord) {
  return {
    id: dataset.id,
    name: dataset.name,
    description: dataset.description,
    format: dataset.format,
    visibility: dataset.visibility,
    project_id: dataset.projectId,
    file_count: dataset.fileCount,
    total_size_bytes: dataset.totalBytes,
    num_classes: dataset.classes.length,
    created_at: iso(dataset.createdAt),
    updated_at: iso(dataset.updatedAt),
    task_type: dataset.taskType,
    image_count: dataset.imageCount,
    problem_count: dataset.problemCount,
    owner_id: dataset.ownerId,
  };
}

/** contracts/training.md "Dataset API", flat. */
export function presentDataset(
  dataset: DatasetRecord,
  upload: { readonly skipped: number; readonly notes: readonly string[] } = { skipped: 0, notes: [] },
) {
  const { facts } = dataset;
  return {
    ...presentSummary(dataset),
    class_distribution: { ...facts.distribution },
    classes: [...dataset.classes],
    split_distribution: Object.fromEntries(
      Object.entries(facts.splits).map(([split, counts]) => [split, { ...counts }]),
    ),
    problems: facts.problems.map(({ path, code, message }) => ({ path, code, message })),
    warnings: [...facts.warnings, ...upload.notes],
    skipped_files: upload.skipped,
  };
}

export function presentImage(dataset: DatasetRecord, file: DatasetFile) {
  return {
    path: file.path,
    label: file.label === null ? null : (dataset.classes[file.label] ?? null),
    label_id: file.label,
    split: file.split,
    width: file.width,
    height: file.height,
    bytes: file.bytes,
    sha256: file.sha256,
    boxes: file.boxes.length,
    problem: file.problem,
    url: `/api/v1/datasets/${dataset.id}/file/${file.path.split("/").map(encodeURIComponent).join("/")}`,
  };
}

export function presentProject(project: Project) {
  return {
    id: project.id,
    name: project.name,
    description: project.description,
    owner_id: project.ownerId,
    job_count: project.jobCount,
    dataset_count: project.datasetCount,
    created_at: iso(project.createdAt),
  };
}

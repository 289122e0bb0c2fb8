import type { Readable } from "node:stream";
import * as contract from "../../../contracts/training/index.ts";
import { Answer, type BoundRoute, type RouteRequest, route } from "../../../platform/http/bound-route.ts";
import type { UploadedFile } from "../../../platform/http/uploads.ts";
import { addFiles, removeFile } from "../actions/change-dataset.ts";
import { checkDataset } from "../actions/check-dataset.ts";
import { type CreateDatasetDeps, createDataset } from "../actions/create-dataset.ts";
import { type DeleteDatasetDeps, deleteDataset } from "../actions/delete-dataset.ts";
import type { IncomingFile } from "../actions/receive-files.ts";
import { blobKey, type DatasetRecord } from "../dataset-record.ts";
import { exportDataset } from "../datasets/export/export-dataset.ts";
import { manifestOf } from "../datasets/freeze-manifest.ts";
import { datasetFileNotFound, fieldFault } from "../errors.ts";
import { findDataset, findOwnDataset } from "../find.ts";
import { mediaTypeOf } from "../media-types.ts";
import { presentDataset, presentImage, presentProject, presentSummary } from "../present/dataset.ts";
import { viewerOf } from "../viewer.ts";
import { attachment } from "./jobs.ts";

export interface DatasetRouteDeps extends CreateDatasetDeps, DeleteDatasetDeps {}

/** contracts/training.md "Dataset API"; spec/training.md sections 1 and 3. */
export function datasetRoutes(deps: DatasetRouteDeps): BoundRoute[] {
  const list = async (
    { input, principal }: Pick<RouteRequest<typeof contract.listDatasets>, "input" | "principal">,
    trainable: boolean,
  ) => {
    const { skip, limit } = input;
    const filter = {
      projectId: input.project_id,
      format: input.format,
      taskType: input.task_type,
      search: input.search,
      trainable,
    };
    const { datasets, total } = await deps.datasets.listDatasets(viewerOf(principal), filter, {
      skip,
      limit,
    });
    return { datasets: datasets.map(presentSummary), total, skip, limit };
  };

  const add = async ({
    input,
    files,
    principal,
    signal,
  }: Pick<RouteRequest<typeof contract.addDatasetFiles>, "input" | "files" | "principal" | "signal">) => {
    const dataset = await findOwnDataset(deps, input.dataset_id, viewerOf(principal));
    const folder = [input.split, input.class_name].filter((part) => part !== undefined).join("/");
    const incoming = incomingFiles(files.files, input.paths, folder);
    const changed = await addFiles(deps, dataset, incoming, signal);
    return presentDataset(changed.dataset, changed);
  };

  return [
    route(contract.createDataset, async ({ input, files, principal, signal }) => {
      const wish = {
        name: input.name.trim(),
        description: input.description ?? null,
        format: input.format,
        visibility: input.visibility,
        projectId: input.project_id ?? null,
        taskType: input.task_type ?? null,
      };
      const incoming = incomingFiles(files.files, input.paths, "");
      const made = await createDataset(deps, wish, incoming, viewerOf(principal), signal);
      return new Answer(201, presentDataset(made.dataset, made));
    }),

    route(contract.addDatasetFiles, add),
    route(contract.uploadDatasetImages, add),
    route(contract.listDatasets, (request) => list(request, false)),
    route(contract.availableDatasets, (request) => list(request, true)),

    route(contract.getDataset, async ({ input, principal }) =>
      presentDataset(await findDataset(deps, input.dataset_id, viewerOf(principal))),
    ),

    route(contract.deleteDataset, async ({ input, principal }) => {
      const dataset = await findOwnDataset(deps, input.dataset_id, viewerOf(principal));
      await deleteDataset(deps, dataset);
      return { message: `Dataset ${dataset.id} deleted` };
    }),

    route(contract.datasetImages, async ({ input, principal }) => {
      const dataset = await findDataset(deps, input.dataset_id, viewerOf(principal));
      const { skip, limit, split } = input;
      const label = labelOf(dataset, input.label);
      const { images, total } = await deps.datasets.listImages(dataset.id, { split, label }, { skip, limit });
      return {
        dataset_id: dataset.id,
        images: images.map((file) => presentImage(dataset, file)),
        total,
        skip,
        limit,
      };
    }),

    route(contract.datasetFile, async ({ input, principal }) => {
      const dataset = await findDataset(deps, input.dataset_id, viewerOf(principal));
      const file = await deps.datasets.findFile(dataset.id, input.path);
      if (file === null) throw datasetFileNotFound(input.path);
      const content = await deps.store.open(blobKey(file.sha256));
      return Answer.bytes(mediaTypeOf(file.path), content, {
        "content-length": String(file.bytes),
        etag: `"${file.sha256}"`,
      });
    }),

    route(contract.deleteDatasetFile, async ({ input, principal }) => {
      const dataset = await findOwnDataset(deps, input.dataset_id, viewerOf(principal));
      if ((await removeFile(deps, dataset, input.path)) === null) throw datasetFileNotFound(input.path);
      return { message: `${input.path} deleted` };
    }),

    route(contract.checkDataset, async ({ input, principal }) => {
      const dataset = await findDataset(deps, input.dataset_id, viewerOf(principal));
      const check = await checkDataset(deps, dataset, { near: input.near });
      const { problems, class_distribution, split_distribution } = presentDataset(dataset);
      return {
        dataset_id: dataset.id,
        problems,
        problem_count: dataset.problemCount,
        class_distribution,
        split_distribution,
        imbalance_ratio: check.imbalanceRatio,
        duplicates: check.duplicates.map(({ paths, acrossSplit, exact }) => ({
          paths: [...paths],
          across_split: acrossSplit,
          exact,
        })),
        duplicate_count: check.duplicateCount,
        across_split_count: check.acrossSplitCount,
        warnings: [...check.warnings],
      };
    }),

    route(contract.exportDataset, async ({ input, principal }) => {
      const dataset = await findDataset(deps, input.dataset_id, viewerOf(principal));
      const archive = await exported(deps, dataset, input.format);
      const name = `${dataset.name.replace(/[^A-Za-z0-9._-]+/g, "-").slice(0, 100) || "dataset"}-${input.format}.zip`;
      return Answer.bytes("application/zip", archive, {
        "content-disposition": attachment(name, 0)["content-disposition"]!,
      });
    }),

    route(contract.listProjects, async ({ input, principal }) => {
      const { skip, limit } = input;
      const { projects, total } = await deps.projects.listProjects(viewerOf(principal), { skip, limit });
      return { projects: projects.map(presentProject), total, skip, limit };
    }),

    route(contract.createProject, async ({ input, principal }) => {
      const wish = {
        name: input.name.trim(),
        description: input.description ?? null,
        ownerId: viewerOf(principal).userId,
      };
      return new Answer(201, presentProject(await deps.projects.addProject(wish, deps.clock.now())));
    }),
  ];
}

/** Files under the names that the client gave them, or under `paths` in the same order. */
function incomingFiles(
  files: readonly UploadedFile[],
  paths: readonly string[] | undefined,
  folder: string,
): IncomingFile[] {
  if (paths !== undefined && paths.length !== files.length) {
    throw fieldFault("paths", `There are ${files.length} files and ${paths.length} paths`);
  }
  return files.map((file, index) => {
    const given = paths?.[index] ?? (file.givenPath || `file-${index + 1}`);
    const isBare = !/[/\\]/.test(given);
    return {
      name: folder !== "" && isBare ? `${folder}/${given}` : given,
      path: file.path,
      bytes: file.bytes,
    };
  });
}

function labelOf({ classes }: DatasetRecord, name: string | undefined): number | undefined {
  if (name === undefined) return undefined;
  const label = classes.indexOf(name);
  if (label < 0) throw fieldFault("label", `The dataset has no class ${name}`);
  return label;
}

async function exported(
  { datasets, store }: DatasetRouteDeps,
  dataset: DatasetRecord,
  format: "dice" | "imagefolder" | "coco" | "yolo" | "voc",
): Promise<Readable> {
  const files = await datasets.listFiles(dataset.id);
  const images = files.filter(({ split, problem }) => split !== null && problem === null);
  const manifest = manifestOf(
    {
      classes: dataset.classes,
      images: images.map((file) => ({
        path: file.path,
        split: file.split as "train" | "val" | "test",
        label: file.label ?? -1,
        boxes: file.boxes,
      })),
    },
    images.map((file) => ({ ...file, width: file.width ?? 0, height: file.height ?? 0 })),
  );
  return exportDataset({
    id: dataset.id,
    name: dataset.name,
    taskType: dataset.taskType,
    manifest,
    format,
    openFile: ({ sha256 }) => store.open(blobKey(sha256)),
  });
}

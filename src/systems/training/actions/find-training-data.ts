import { realpath, stat } from "node:fs/promises";
import { isAbsolute, sep } from "node:path";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { DatasetRecord } from "../dataset-record.ts";
import { datasetNotFound } from "../errors.ts";
import { findDataset } from "../find.ts";
import type { DatasetReader } from "../store/dataset-reader.ts";
import type { Viewer } from "../viewer.ts";
import type { CreateDatasetDeps } from "./create-dataset.ts";
import { importFolder } from "./import-folder.ts";

export interface FindTrainingDataDeps extends CreateDatasetDeps {
  readonly datasets: DatasetReader;
  readonly settings: CreateDatasetDeps["settings"] & { readonly roots: readonly string[] };
}

export interface NamedData {
  readonly datasetId: string | null;
  readonly datasetPath: string | null;
  readonly datasetFormat: string | null;
  readonly projectId: number | null;
}

export interface FoundData {
  readonly dataset: DatasetRecord;
  /** As it was named. */
  readonly path: string;
  /** It was made for this: nobody else has it yet. */
  readonly imported: boolean;
}

/**
 * The dataset that a job names: by id, or by a folder of this machine, which becomes a dataset then.
 * @throws QuatrainError `no_dataset` (400: neither), `dataset_not_found` (404), `path_not_allowed` (403)
 */
export async function findTrainingData(
  deps: FindTrainingDataDeps,
  named: NamedData,
  viewer: Viewer,
): Promise<FoundData> {
  const id = named.datasetId?.trim() || null;
  const path = named.datasetPath?.trim() || null;
  if (id !== null) {
    return { dataset: await findDataset(deps, id, viewer), path: path ?? id, imported: false };
  }
  if (path === null) {
    throw userError("no_dataset", 400, "Say what to train on: config.dataset_id or config.dataset_path", {
      field: "dataset_id",
    });
  }
  if (!isAbsolute(path)) return { dataset: await findDataset(deps, path, viewer), path, imported: false };
  const folder = await allowedFolder(path, deps.settings.roots);
  return { dataset: await importFolder(deps, folder, named, viewer), path, imported: true };
}

/** The real folder behind a path, if it lies below one of the roots. */
async function allowedFolder(path: string, roots: readonly string[]): Promise<string> {
  const real = await realpath(path).catch(() => null);
  const realRoots = await Promise.all(roots.map((root) => realpath(root).catch(() => root)));
  const isInside = real !== null && realRoots.some((root) => real === root || real.startsWith(root + sep));
  // the same answer for a folder that is not there: nobody learns what this machine has
  if (!isInside) {
    throw userError(
      "path_not_allowed",
      403,
      "dataset_path is no folder below one of QUATRAIN_ROOTS: upload the pictures, or ask whoever runs the server",
      { field: "dataset_path" },
    );
  }
  if (!(await stat(real)).isDirectory()) throw datasetNotFound(path);
  return real;
}

import { opendir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { hasCode } from "../../../platform/storage/storage-errors.ts";
import type { DatasetRecord } from "../dataset-record.ts";
import { fieldFault } from "../errors.ts";
import type { Viewer } from "../viewer.ts";
import { type CreateDatasetDeps, createDataset } from "./create-dataset.ts";
import type { IncomingFile } from "./receive-files.ts";

const MAX_FILES = 100_000;
const MAX_DEPTH = 20;
const FORMATS = ["dice", "imagefolder", "coco", "yolo", "voc", "auto"];

/**
 * Copies a folder of this machine into a new dataset.
 * @throws QuatrainError `too_many_files`, `too_deep` (413), `folder_unreadable` (422), what `createDataset` throws;
 * InvalidInput (422) for a format that nobody knows
 */
export async function importFolder(
  deps: CreateDatasetDeps,
  folder: string,
  named: { readonly datasetFormat: string | null; readonly projectId: number | null },
  viewer: Viewer,
): Promise<DatasetRecord> {
  const format = named.datasetFormat ?? "auto";
  if (!FORMATS.includes(format)) {
    throw fieldFault("config.dataset_format", `There is no such format: ${FORMATS.join(", ")}`);
  }
  const wish = {
    name: basename(folder) || "folder",
    description: `Copied from ${folder}`,
    format,
    visibility: "private" as const,
    projectId: named.projectId,
    taskType: null,
  };
  return (await createDataset(deps, wish, await filesOf(folder), viewer)).dataset;
}

async function filesOf(folder: string): Promise<IncomingFile[]> {
  const files: IncomingFile[] = [];
  try {
    for await (const file of filesBelow(folder, "", 0)) {
      if (files.length === MAX_FILES) throw tooLarge("too_many_files", `more than ${MAX_FILES} files`);
      files.push(file);
    }
  } catch (error) {
    if (!hasCode(error, "EACCES", "EPERM", "ENOENT", "ENOTDIR")) throw error;
    throw userError("folder_unreadable", 422, "A part of the folder cannot be read by the server", {
      field: "dataset_path",
    });
  }
  return files;
}

/** Regular files, with their paths below the folder; symbolic links are not followed. */
async function* filesBelow(folder: string, prefix: string, depth: number): AsyncGenerator<IncomingFile> {
  if (depth > MAX_DEPTH) throw tooLarge("too_deep", `more than ${MAX_DEPTH} levels`);
  const entries = [];
  for await (const entry of await opendir(folder)) entries.push(entry);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".")) continue;
    if (entry.isDirectory()) yield* filesBelow(path, `${prefix}${entry.name}/`, depth + 1);
    else if (entry.isFile()) yield { name: prefix + entry.name, path, bytes: (await stat(path)).size };
  }
}

function tooLarge(code: string, what: string) {
  return userError(code, 413, `The folder has ${what}`, { field: "dataset_path" });
}

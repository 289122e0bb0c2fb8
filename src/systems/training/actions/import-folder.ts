import { opendir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { DatasetRecord } from "../dataset-record.ts";
import type { Viewer } from "../viewer.ts";
import { type CreateDatasetDeps, createDataset } from "./create-dataset.ts";
import type { IncomingFile } from "./receive-files.ts";

export interface ImportFolderDeps extends CreateDatasetDeps {
  readonly settings: CreateDatasetDeps["settings"];
}

const MAX_FILES = 100_000;
const MAX_DEPTH = 20;
const FORMATS = ["dice", "imagefolder", "coco", "yolo", "voc"];

/**
 * Copies a folder of this machine into a new dataset.
 * @throws QuatrainError `too_many_files` (413), what `createDataset` throws
 */
export async function importFolder(
  deps: ImportFolderDeps,
  folder: string,
  named: { readonly datasetFormat: string | null; readonly projectId: number | null },
  viewer: Viewer,
): Promise<DatasetRecord> {
  const files: IncomingFile[] = [];
  for await (const file of filesBelow(folder, "", 0)) {
    if (files.length === MAX_FILES) {
      throw userError("too_many_files", 413, `The folder has more than ${MAX_FILES} files`);
    }
    files.push(file);
  }
  const format = named.datasetFormat ?? "auto";
  const wish = {
    name: basename(folder) || "folder",
    description: `Copied from ${folder}`,
    format: FORMATS.includes(format) ? format : "auto",
    visibility: "private" as const,
    projectId: named.projectId,
    taskType: null,
  };
  return (await createDataset(deps, wish, files, viewer)).dataset;
}

/** Regular files, with their paths below the folder; symbolic links are not followed. */
async function* filesBelow(folder: string, prefix: string, depth: number): AsyncGenerator<IncomingFile> {
  if (depth > MAX_DEPTH) return;
  const entries = [];
  for await (const entry of await opendir(folder)) entries.push(entry);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".")) continue;
    if (entry.isDirectory()) yield* filesBelow(path, `${prefix}${entry.name}/`, depth + 1);
    else if (entry.isFile()) yield { name: prefix + entry.name, path, bytes: (await stat(path)).size };
  }
}

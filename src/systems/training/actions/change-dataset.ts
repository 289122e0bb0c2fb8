import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { DatasetFile, DatasetRecord } from "../dataset-record.ts";
import { inTurns } from "../datasets/index/turns.ts";
import { invalidStatus } from "../errors.ts";
import type { ChangedDataset, CreateDatasetDeps } from "./create-dataset.ts";
import { indexFiles } from "./index-files.ts";
import { type IncomingFile, receiveFiles } from "./receive-files.ts";

/** Others may change a dataset at the same time: whoever comes second reads it again. */
const ATTEMPTS = 20;
/** Of a dataset: each change reads all of them. */
const MAX_FILES = 300_000;

/** Adds files; one whose path is known replaces the old one. @throws what `createDataset` throws */
export async function addFiles(
  deps: CreateDatasetDeps,
  dataset: DatasetRecord,
  incoming: readonly IncomingFile[],
  signal?: AbortSignal,
): Promise<ChangedDataset> {
  const upload = { files: incoming, ownerId: dataset.ownerId, signal };
  return receiveFiles(deps, upload, async ({ files: added, skipped, notes }) => {
    const changed = await change(deps, dataset.id, (files) => {
      const merged = new Map(files.map((file) => [file.path, file]));
      for (const file of added) merged.set(file.path, file);
      if (merged.size > MAX_FILES) throw tooMany();
      return [...merged.values()];
    });
    return { dataset: changed, skipped, notes };
  });
}

/** Takes one file out. Null where there is none of that path. */
export async function removeFile(
  deps: CreateDatasetDeps,
  dataset: DatasetRecord,
  path: string,
): Promise<DatasetRecord | null> {
  if ((await deps.datasets.findFile(dataset.id, path)) === null) return null;
  return change(deps, dataset.id, (files) => files.filter((file) => file.path !== path));
}

/** Writes what a change of its files makes of a dataset, read and judged as a whole. */
async function change(
  deps: CreateDatasetDeps,
  id: string,
  edit: (files: readonly DatasetFile[]) => readonly DatasetFile[],
): Promise<DatasetRecord> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const dataset = await deps.datasets.findDataset(id);
    if (dataset === null) throw invalidStatus("The dataset was deleted meanwhile");
    const before = await deps.datasets.listFiles(id);
    const { files, content } = await indexFiles(deps, dataset, edit(before), deps.clock.now());
    const gone = await deps.datasetWriter.changeFiles(
      id,
      dataset.revision,
      await differenceOf(before, files),
      content,
    );
    if (gone === null) continue;
    await deps.blobs.collect(gone);
    return { ...dataset, ...content, revision: dataset.revision + 1 };
  }
  throw invalidStatus("The dataset is being changed by others all the time: try again");
}

function tooMany() {
  return userError(
    "too_many_files",
    413,
    `The dataset would have more than ${MAX_FILES} files: make another one`,
  );
}

async function differenceOf(before: readonly DatasetFile[], after: readonly DatasetFile[]) {
  const old = new Map(before.map((file) => [file.path, file]));
  const put: DatasetFile[] = [];
  for await (const file of inTurns(after)) {
    const known = old.get(file.path);
    if (known !== file && JSON.stringify(known) !== JSON.stringify(file)) put.push(file);
  }
  const kept = new Set(after.map(({ path }) => path));
  return { put, remove: before.map(({ path }) => path).filter((path) => !kept.has(path)) };
}

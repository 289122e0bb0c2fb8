import type { BlobStore } from "../blob-store.ts";
import type { DatasetRecord } from "../dataset-record.ts";
import { datasetNotFound, invalidStatus } from "../errors.ts";
import type { DatasetWriter } from "../store/dataset-writer.ts";
import type { JobReader } from "../store/job-reader.ts";

export interface DeleteDatasetDeps {
  readonly blobs: BlobStore;
  readonly jobs: JobReader;
  readonly datasetWriter: DatasetWriter;
}

/** Deletes a dataset. Jobs keep the pictures that were frozen for them. @throws QuatrainError `invalid_status` (409) */
export async function deleteDataset(deps: DeleteDatasetDeps, dataset: DatasetRecord): Promise<void> {
  const user = await deps.jobs.isInUse(dataset.id);
  if (user !== null) {
    throw invalidStatus(`Training job ${user} waits or runs with this dataset: stop it first`);
  }
  const gone = await deps.datasetWriter.deleteDataset(dataset.id);
  if (gone === null) throw datasetNotFound(dataset.id);
  await deps.blobs.collect(gone);
}

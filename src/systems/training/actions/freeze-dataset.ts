import { Readable } from "node:stream";
import type { Clock } from "../../../platform/ports.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import { type DatasetFile, type DatasetRecord, snapshotKey } from "../dataset-record.ts";
import { manifestHash, manifestJson, manifestOf } from "../datasets/freeze-manifest.ts";
import type { Manifest, Split } from "../datasets/manifest.ts";
import { invalidStatus } from "../errors.ts";
import type { DatasetReader } from "../store/dataset-reader.ts";
import type { DatasetWriter } from "../store/dataset-writer.ts";

export interface FreezeDeps {
  readonly store: FileStore;
  readonly datasets: DatasetReader;
  readonly datasetWriter: DatasetWriter;
  readonly clock: Clock;
}

/**
 * Freezes a dataset as it is now, under the hash of its content. Only inside `BlobStore.whileHolding`. O(files).
 * @throws QuatrainError `invalid_status` (409) where it is changed or deleted in this moment
 */
export async function freezeDataset(
  { store, datasets, datasetWriter, clock }: FreezeDeps,
  dataset: DatasetRecord,
): Promise<{ hash: string; manifest: Manifest }> {
  const files = await datasets.listFiles(dataset.id);
  const trainable = files.filter(isTrainable);
  const manifest = manifestOf({ classes: dataset.classes, images: trainable.map(asImage) }, trainable);
  const hash = await manifestHash(manifest);
  // rows first: they keep the blobs; a manifest without its file is written by whoever freezes the same again
  await datasetWriter.addSnapshot(
    hash,
    manifest.images.map(({ sha256 }) => sha256),
    manifest.images.length,
    clock.now(),
  );
  // another process may have deleted pictures before those rows kept them
  if ((await datasets.findDataset(dataset.id))?.revision !== dataset.revision) {
    throw invalidStatus("The dataset is being changed: try again once that is done");
  }
  if ((await store.stat(snapshotKey(hash))) === null) {
    await store.put(snapshotKey(hash), Readable.from(manifestJson(manifest)));
  }
  return { hash, manifest };
}

/** A frozen dataset. @throws QuatrainError `file_not_found` (404) */
export async function readManifest(store: FileStore, hash: string): Promise<Manifest> {
  return JSON.parse((await store.read(snapshotKey(hash))).toString("utf8")) as Manifest;
}

type Trainable = DatasetFile & { readonly split: Split; readonly width: number; readonly height: number };

function isTrainable(file: DatasetFile): file is Trainable {
  return file.isImage && file.problem === null && file.split !== null && file.width !== null;
}

function asImage({ path, split, label, boxes }: Trainable) {
  return { path, split, label: label ?? -1, boxes };
}

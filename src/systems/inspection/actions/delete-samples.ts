import type { FileStore } from "../../../platform/storage/file-store.ts";
import { pictureKey, sidecarKey } from "../file-keys.ts";
import type { DatasetPlace, Label } from "../roi.ts";
import type { PictureRecord } from "../store/picture-record.ts";
import type { InspectionReader } from "../store/reader.ts";
import type { InspectionWriter } from "../store/writer.ts";

export interface DeleteDeps {
  readonly reader: InspectionReader;
  readonly writer: InspectionWriter;
  readonly files: FileStore;
}

/** Deletes one picture and its sidecar. Only in the recipe that was asked for: deleting never falls back. */
export async function deleteSample(
  deps: DeleteDeps,
  place: DatasetPlace,
  label: Label,
  filename: string,
): Promise<boolean> {
  const found = (await deps.reader.ownPictures(place)).filter(
    (picture) => picture.label === label && picture.filename === filename,
  );
  await removeAll(deps, found);
  return found.length > 0;
}

/** Deletes every picture of one class. @returns how many */
export async function clearSamples(deps: DeleteDeps, place: DatasetPlace, label: Label): Promise<number> {
  const found = (await deps.reader.ownPictures(place)).filter((picture) => picture.label === label);
  await removeAll(deps, found);
  return found.length;
}

/** Rows first: a crash in between brings a picture back at the next start instead of losing half of it. */
async function removeAll({ writer, files }: DeleteDeps, pictures: readonly PictureRecord[]): Promise<void> {
  await writer.forgetPictures(pictures);
  for (const { place, label, filename } of pictures) {
    await files.delete(pictureKey(place, label, filename));
    await files.delete(sidecarKey(place, label, filename));
  }
}

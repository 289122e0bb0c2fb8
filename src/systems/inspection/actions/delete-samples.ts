import type { Clock } from "../../../platform/ports.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import type { AuditEvent, Doer } from "../audit.ts";
import { pictureKey, sidecarKey } from "../file-keys.ts";
import type { DatasetPlace, Label } from "../roi.ts";
import type { PictureRecord } from "../store/picture-record.ts";
import type { InspectionReader } from "../store/reader.ts";
import type { InspectionWriter } from "../store/writer.ts";

export interface DeleteDeps {
  readonly reader: InspectionReader;
  readonly writer: InspectionWriter;
  readonly files: FileStore;
  readonly clock: Clock;
}

/** Deletes one picture and its sidecar. Only in the recipe that was asked for: deleting never falls back. */
export async function deleteSample(
  deps: DeleteDeps,
  place: DatasetPlace,
  label: Label,
  filename: string,
  doer: Doer,
): Promise<boolean> {
  const found = (await deps.reader.ownPictures(place)).filter(
    (picture) => picture.label === label && picture.filename === filename,
  );
  if (found.length === 0) return false;
  const details = { label, filename, sha256: found[0]?.contentHash };
  await removeAll(deps, found, { action: "delete_picture", doer, place, modelVersion: null, details });
  return true;
}

/** Deletes every picture of one class. @returns how many */
export async function clearSamples(
  deps: DeleteDeps,
  place: DatasetPlace,
  label: Label,
  doer: Doer,
): Promise<number> {
  const found = (await deps.reader.ownPictures(place)).filter((picture) => picture.label === label);
  const details = { label, pictures: found.length };
  await removeAll(deps, found, { action: "clear_dataset", doer, place, modelVersion: null, details });
  return found.length;
}

/** Rows first: a crash in between brings a picture back at the next start instead of losing half of it. */
async function removeAll(
  { writer, files, clock }: DeleteDeps,
  pictures: readonly PictureRecord[],
  event: AuditEvent,
): Promise<void> {
  await writer.deletePictures(pictures, event, clock.now());
  for (const { place, label, filename } of pictures) {
    await files.delete(pictureKey(place, label, filename));
    await files.delete(sidecarKey(place, label, filename));
  }
}

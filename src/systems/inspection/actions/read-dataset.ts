import { QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import { pictureKey, sidecarKey } from "../file-keys.ts";
import { isValidScale, statedScale } from "../mm-per-px.ts";
import type { PictureRecord } from "../store/picture-record.ts";

/* People look into the dataset folders and edit them: a file may be gone or another while its row still stands. */

/** What a sidecar may say about its picture, beside what the client put there for itself. */
export interface SampleMeta {
  readonly mmPerPx: number | null;
  /** Shape JSON, as text or object; null for none. */
  readonly shape: unknown;
}

/** A picture's bytes. @throws QuatrainError `picture_file_missing` (400) when somebody took its file away */
export function readSample(files: FileStore, picture: PictureRecord): Promise<Buffer> {
  return readPictureFile(files, pictureKey(picture.place, picture.label, picture.filename));
}

/** The same by the file's key. */
export async function readPictureFile(files: FileStore, key: string): Promise<Buffer> {
  const bytes = await readIfThere(files, key);
  if (bytes !== null) return bytes;
  throw userError(
    "picture_file_missing",
    400,
    "its file is gone from the server's folder: upload it again, or delete it from the dataset and fit anew",
  );
}

/** The sidecar's whole JSON, or null where there is none or it cannot be read: the picture is still good. */
export async function readSidecar(
  files: FileStore,
  picture: PictureRecord,
): Promise<Readonly<Record<string, unknown>> | null> {
  const bytes = await readIfThere(files, sidecarKey(picture.place, picture.label, picture.filename));
  if (bytes === null) return null;
  try {
    const parsed: unknown = JSON.parse(bytes.toString("utf8"));
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** A sample's own scale and mask: the keys `mm_per_px`, and `shape_json` or `shape`. */
export async function readSampleMeta(files: FileStore, picture: PictureRecord): Promise<SampleMeta> {
  const sidecar = await readSidecar(files, picture);
  const mmPerPx = statedScale(sidecar?.mm_per_px);
  return {
    mmPerPx: isValidScale(mmPerPx) ? mmPerPx : null,
    shape: sidecar?.shape_json ?? sidecar?.shape ?? null,
  };
}

/** Null where there is no file of ours: none at all, or a link that leads elsewhere. */
async function readIfThere(files: FileStore, key: string): Promise<Buffer | null> {
  try {
    return await files.read(key);
  } catch (error) {
    if (error instanceof QuatrainError && error.status < 500) return null;
    throw error;
  }
}

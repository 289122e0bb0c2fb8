import type { FileStore } from "../../../platform/storage/file-store.ts";
import { pictureKey, sidecarKey } from "../file-keys.ts";
import type { PictureRecord } from "../store/picture-record.ts";

/** What a sidecar may say about its picture, beside what the client put there for itself. */
export interface SampleMeta {
  readonly mmPerPx: number | null;
  /** Shape JSON, as text or object; null for none. */
  readonly shape: unknown;
}

export function readSample(files: FileStore, picture: PictureRecord): Promise<Buffer> {
  return files.read(pictureKey(picture.place, picture.label, picture.filename));
}

/** The sidecar's whole JSON, or null where there is none or it cannot be read. */
export async function readSidecar(
  files: FileStore,
  picture: PictureRecord,
): Promise<Readonly<Record<string, unknown>> | null> {
  if (!picture.hasSidecar) return null;
  const bytes = await files.read(sidecarKey(picture.place, picture.label, picture.filename));
  try {
    const parsed: unknown = JSON.parse(bytes.toString("utf8"));
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : null;
  } catch {
    return null; // somebody edited it by hand: the picture is still good
  }
}

/** A sample's own scale and mask: the keys `mm_per_px`, and `shape_json` or `shape`. */
export async function readSampleMeta(files: FileStore, picture: PictureRecord): Promise<SampleMeta> {
  const sidecar = await readSidecar(files, picture);
  const mmPerPx = Number(sidecar?.mm_per_px ?? Number.NaN);
  return {
    mmPerPx: Number.isFinite(mmPerPx) && mmPerPx > 0 ? mmPerPx : null,
    shape: sidecar?.shape_json ?? sidecar?.shape ?? null,
  };
}

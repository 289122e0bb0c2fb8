import { createHash } from "node:crypto";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import { pictureKey, sidecarKey } from "../file-keys.ts";
import { requireLockedScale } from "../mm-per-px.ts";
import { namingPicture, spokenName } from "../name-picture.ts";
import type { PictureCodec } from "../picture-codec.ts";
import type { DatasetPlace, Label } from "../roi.ts";
import type { PictureRecord } from "../store/picture-record.ts";
import type { InspectionReader } from "../store/reader.ts";
import type { InspectionWriter } from "../store/writer.ts";
import type { StoredNames } from "../stored-names.ts";
import type { IncomingPicture } from "./plan-fit.ts";
import { readMetas, scaleOf } from "./read-metas.ts";

export interface UploadDeps {
  readonly reader: InspectionReader;
  readonly writer: InspectionWriter;
  readonly files: FileStore;
  readonly pictures: PictureCodec;
  readonly names: StoredNames;
  readonly clock: Clock;
}

export interface UploadRequest {
  readonly place: DatasetPlace;
  readonly label: Label;
  readonly pictures: readonly IncomingPicture[];
  /** JSON texts, one per picture; undefined for none. */
  readonly metas: readonly string[] | undefined;
  /** Pictures whose content the recipe's own dataset has already are left out. */
  readonly skipKnown?: boolean;
}

interface Sample {
  readonly record: PictureRecord;
  readonly name: string;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly incoming: IncomingPicture;
}

/** File extension by content: what the client called the file proves nothing. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  png: ".png",
  jpeg: ".jpg",
  bmp: ".bmp",
  webp: ".webp",
  tiff: ".tif",
};

/**
 * Adds pictures to a dataset: all of them or none. They count from the instant the last transaction commits; a
 * crash before leaves announced rows, by which the next start sweeps the files.
 * Source: contracts/inspection.md "Dataset endpoints".
 * @returns the stored names, in the order of the pictures
 */
export async function uploadSamples(deps: UploadDeps, request: UploadRequest): Promise<string[]> {
  const metas = readMetas(request.metas, request.pictures.length);
  const mmPerPx = scaleOf(metas);
  if (mmPerPx !== null) {
    const { recipeId } = request.place;
    requireLockedScale(recipeId, await deps.reader.lockedMmPerPx(recipeId), mmPerPx);
  }
  const samples: Sample[] = [];
  for (const [index, incoming] of request.pictures.entries()) {
    const name = spokenName(incoming.filename, index);
    samples.push(await describeSample(deps, request, { incoming, name, meta: metas[index] ?? {} }));
  }
  return storeSamples(
    deps,
    request.skipKnown ? await withoutKnown(deps, request, samples) : samples,
    mmPerPx,
  );
}

async function withoutKnown(
  { reader }: UploadDeps,
  { place, label }: UploadRequest,
  samples: readonly Sample[],
): Promise<Sample[]> {
  const own = (await reader.ownPictures(place)).filter((picture) => picture.label === label);
  const known = new Set(own.map(({ contentHash }) => contentHash));
  return samples.filter(({ record }) => {
    const isNew = !known.has(record.contentHash);
    known.add(record.contentHash);
    return isNew;
  });
}

async function storeSamples(
  deps: UploadDeps,
  samples: readonly Sample[],
  mmPerPx: number | null,
): Promise<string[]> {
  const records = samples.map((sample) => sample.record);
  await deps.writer.announcePictures(records, deps.clock.now());
  try {
    for (const sample of samples) await writeSample(deps, sample);
    await deps.writer.confirmPictures(records, mmPerPx, deps.clock.now());
  } catch (error) {
    await discardSamples(deps, records);
    throw error;
  }
  return records.map((record) => record.filename);
}

async function describeSample(
  { pictures, names }: UploadDeps,
  { place, label }: UploadRequest,
  given: Omit<Sample, "record">,
): Promise<Sample> {
  const bytes = await given.incoming.read();
  const extension = await namingPicture(given.name, async () => {
    await pictures.withDecoded(bytes, async () => undefined);
    return extensionOf(await pictures.formatOf(bytes));
  });
  const record = {
    place,
    label,
    filename: names.next(extension),
    contentHash: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.length,
    hasSidecar: true,
  };
  return { record, ...given };
}

function extensionOf(format: string): string {
  const extension = EXTENSIONS[format];
  if (extension !== undefined) return extension;
  throw userError("unsupported_format", 400, `Datasets take png, jpg, bmp, webp and tif, not ${format}`);
}

async function writeSample(
  { files, clock }: UploadDeps,
  { record, name, meta, incoming }: Sample,
): Promise<void> {
  const { place, label, filename } = record;
  const sidecar = {
    ...meta,
    role_id: place.roleId,
    roi_id: place.roiId,
    label,
    filename,
    original_filename: name,
    recipe_id: place.recipeId,
    created_at_utc: new Date(clock.now()).toISOString(),
  };
  await files.put(sidecarKey(place, label, filename), Buffer.from(JSON.stringify(sidecar, null, 2)));
  await files.put(pictureKey(place, label, filename), await incoming.read());
}

/** Removes announced pictures again: files first, then the rows that remember them. */
export async function discardSamples(
  { files, writer }: Pick<UploadDeps, "files" | "writer">,
  records: readonly PictureRecord[],
): Promise<void> {
  for (const { place, label, filename } of records) {
    await files.delete(pictureKey(place, label, filename));
    await files.delete(sidecarKey(place, label, filename));
  }
  await writer.forgetPictures(records);
}

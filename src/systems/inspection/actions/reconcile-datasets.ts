import { createHash } from "node:crypto";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import type { Clock, Log } from "../../../platform/ports.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import { parseBaseName, pictureKey, sidecarKey } from "../file-keys.ts";
import type { PictureCodec } from "../picture-codec.ts";
import type { Label } from "../roi.ts";
import type { PictureRecord } from "../store/picture-record.ts";
import type { InspectionReader } from "../store/reader.ts";
import type { InspectionWriter } from "../store/writer.ts";
import { discardSamples } from "./upload-samples.ts";

export interface ReconcileDeps {
  readonly reader: InspectionReader;
  readonly writer: InspectionWriter;
  readonly files: FileStore;
  readonly pictures: PictureCodec;
  readonly clock: Clock;
  readonly log: Log;
  /** No other process uses the same database: what is not finished never will be. */
  readonly alone: boolean;
}

/** An upload of another process that takes longer is given up. */
const OTHERS_UPLOAD_MS = 60 * 60_000;

const PICTURE = /\.(png|jpe?g|bmp|webp|tiff?)$/i;
const PLACE = /^recipes\/([a-z0-9][a-z0-9_-]{0,63})\/datasets\/([^/]+)\/(ok|ng)\/([^/]+)$/;

/**
 * Makes the database agree with the dataset folders, which people may edit: sweeps uploads that were never
 * acknowledged, takes in pictures that were added or replaced, forgets those that were taken away.
 * O(files); only files that are new or of another size are read.
 */
export async function reconcileDatasets(deps: ReconcileDeps): Promise<void> {
  const now = deps.clock.now();
  const pending = await deps.reader.pendingPictures(deps.alone ? now + 1 : now - OTHERS_UPLOAD_MS);
  await discardSamples(deps, pending);
  const known = new Map((await deps.reader.allPictures()).map((picture) => [keyOf(picture), picture]));
  const sizes = new Map<string, number>();
  for await (const { key, bytes } of deps.files.list("recipes")) sizes.set(key, bytes);

  const gone = [...known]
    .filter(([key, picture]) => sizes.get(key) !== picture.bytes)
    .map(([, picture]) => picture);
  const added: PictureRecord[] = [];
  for (const [key, bytes] of sizes) {
    const picture = known.get(key)?.bytes === bytes ? null : await recordOf(deps, key, sizes);
    if (picture !== null) added.push(picture);
  }
  await deps.writer.forgetPictures(gone);
  await deps.writer.adoptPictures(added, now);
  if (gone.length + added.length + pending.length > 0) {
    deps.log.info(
      { added: added.length, gone: gone.length, swept: pending.length },
      "datasets reconciled with their folders",
    );
  }
}

function keyOf({ place, label, filename }: PictureRecord): string {
  return pictureKey(place, label, filename);
}

/** The row for a file that somebody put into a dataset folder; null for anything else. */
async function recordOf(
  deps: ReconcileDeps,
  key: string,
  files: ReadonlyMap<string, number>,
): Promise<PictureRecord | null> {
  const match = PLACE.exec(key);
  if (match === null || !PICTURE.test(key)) return null;
  const [, recipeId, base, label, filename] = match as unknown as [string, string, string, Label, string];
  const names = parseBaseName(base);
  if (names === null) return null;
  const place = { recipeId, ...names };
  try {
    const bytes = await deps.files.read(key);
    await deps.pictures.formatOf(bytes);
    return {
      place,
      label,
      filename,
      contentHash: createHash("sha256").update(bytes).digest("hex"),
      bytes: bytes.length,
      hasSidecar: files.has(sidecarKey(place, label, filename)),
    };
  } catch (error) {
    if (!(error instanceof QuatrainError)) throw error;
    deps.log.warn({ key, reason: error.message }, "a file in a dataset folder is no picture: left alone");
    return null;
  }
}

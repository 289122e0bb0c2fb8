import type { Readable } from "node:stream";
import { type ZipEntry, zipStream } from "../../../../platform/archives/zip-stream.ts";
import type { DatasetFormat } from "../index/dataset-index.ts";
import type { ManifestImage } from "../manifest.ts";
import type { ExportEntry, ExportedDataset } from "./export-entry.ts";
import { writeCoco } from "./write-coco.ts";
import { writeDice } from "./write-dice.ts";
import { writeImageFolder } from "./write-imagefolder.ts";
import { writeVoc } from "./write-voc.ts";
import { writeYolo } from "./write-yolo.ts";

export interface ExportRequest extends ExportedDataset {
  readonly format: DatasetFormat;
  /** The bytes of a picture. */
  openFile(image: ManifestImage): Promise<Readable>;
}

const WRITERS: Readonly<Record<DatasetFormat, (dataset: ExportedDataset) => ExportEntry[]>> = {
  dice: writeDice,
  imagefolder: writeImageFolder,
  coco: writeCoco,
  yolo: writeYolo,
  voc: writeVoc,
};

/** Of a text that is written, a piece. */
const PIECE = 64 * 1024;

/**
 * A dataset as a ZIP archive in one of the formats, which gives the same classes, labels, splits and boxes when it is
 * read again, as far as the format holds them. In memory: a few pictures at a time, and the names of all.
 * The stream fails where a picture has not the bytes that the manifest says.
 * @throws QuatrainError `export_not_possible` (422) where the format cannot hold the dataset
 */
export function exportDataset(request: ExportRequest): Readable {
  return zipStream(zipEntries(WRITERS[request.format](request), request));
}

function* zipEntries(entries: readonly ExportEntry[], request: ExportRequest): Generator<ZipEntry> {
  for (const entry of entries) {
    if ("image" in entry) yield { path: entry.path, content: () => wholeFile(entry.image, request) };
    else
      yield { path: entry.path, content: async () => ({ [Symbol.iterator]: () => encoded(entry.text()) }) };
  }
}

async function wholeFile(image: ManifestImage, { openFile }: ExportRequest): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of await openFile(image)) {
    bytes += chunk.length;
    if (bytes > image.bytes) break;
    chunks.push(chunk);
  }
  if (bytes !== image.bytes) throw new Error(`${image.path} has not the ${image.bytes} bytes of its dataset`);
  return chunks;
}

function* encoded(text: Iterable<string>): Generator<Uint8Array> {
  let waiting = "";
  for (const piece of text) {
    waiting += piece;
    if (waiting.length < PIECE) continue;
    yield Buffer.from(waiting);
    waiting = "";
  }
  if (waiting !== "") yield Buffer.from(waiting);
}

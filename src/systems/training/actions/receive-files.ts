import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { PictureLimits } from "../../../ml/images/picture-errors.ts";
import { safePath } from "../../../platform/archives/safe-path.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { BlobStore } from "../blob-store.ts";
import type { DatasetFile } from "../dataset-record.ts";
import { examineImage, isImageName } from "../datasets/examine-image.ts";
import { eachAtOnce } from "../datasets/paths/at-once.ts";
import { readZip } from "../datasets/zip/read-zip.ts";
import { PixelBudget } from "../pixel-budget.ts";

/** A file that was sent, or that lies in a folder. */
export interface IncomingFile {
  /** As its sender named it: foreign text. */
  readonly name: string;
  /** On this machine. */
  readonly path: string;
  readonly bytes: number;
}

export interface ReceiveDeps {
  readonly blobs: BlobStore;
  readonly limits: PictureLimits;
  /** Unpacked, all files of one archive together. */
  readonly maxUnpackedBytes: number;
}

/** What was made of the files that came. */
export interface Received {
  readonly files: readonly DatasetFile[];
  /** Files of operating systems and the like. */
  readonly skipped: number;
  /** What was left out, in words. */
  readonly notes: readonly string[];
}

/** Pictures that are read, decoded and stored side by side: the disk's waiting is worth more than the decoding. */
const AT_ONCE = 8;
const OTHER_ARCHIVES = /\.(tar|tgz|gz|bz2|xz|7z|rar)$/i;
const ZIP_MAGIC = Buffer.from("PK");

/**
 * Stores files as they come, archives unpacked, one by one and never all in memory; each is examined. Only inside
 * `blobs.whileUploading`.
 * @throws QuatrainError what `safePath` and `readZip` throw, `unsupported_archive` (400), `too_large` (413)
 */
export async function receiveFiles(deps: ReceiveDeps, incoming: readonly IncomingFile[]): Promise<Received> {
  const files = new Map<string, DatasetFile>();
  const notes: string[] = [];
  const pixels = new PixelBudget();
  let skipped = 0;
  const take = async (path: string, bytes: Buffer) => {
    files.set(path, await store(deps, path, bytes, pixels));
  };
  const [archives, plain] = await parted(incoming);
  await eachAtOnce(plain, AT_ONCE, async (file) => {
    const path = safePath(file.name);
    if (path === null) skipped++;
    else await take(path, await readWhole(file, deps.limits.maxBytes));
  });
  for (const archive of archives) {
    const report = await readZip(
      archive.path,
      { maxBytes: deps.maxUnpackedBytes, atOnce: AT_ONCE },
      async (path, content, bytes) => take(path, await collected(path, content, bytes, deps.limits.maxBytes)),
    );
    skipped += report.skipped;
    notes.push(...report.nested.map((path) => `${path} is an archive inside the archive: it was left out`));
  }
  return { files: [...files.values()], skipped, notes };
}

async function store(
  { blobs, limits }: ReceiveDeps,
  path: string,
  bytes: Buffer,
  pixels: PixelBudget,
): Promise<DatasetFile> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const isImage = isImageName(path);
  const examined = isImage
    ? await pixels.whileDecoding(bytes, () => examineImage(bytes, path, limits))
    : null;
  await blobs.put(sha256, bytes);
  const common = { path, sha256, bytes: bytes.length, isImage, split: null, label: null, boxes: [] };
  if (examined === null) return { ...common, width: null, height: null, look: null, problem: null };
  if ("code" in examined) {
    return { ...common, width: null, height: null, look: null, problem: examined.message };
  }
  const { width, height, perceptualHash: look } = examined;
  return { ...common, width, height, look, problem: null };
}

async function parted(
  incoming: readonly IncomingFile[],
): Promise<[archives: IncomingFile[], plain: IncomingFile[]]> {
  const archives: IncomingFile[] = [];
  const plain: IncomingFile[] = [];
  for (const file of incoming) {
    if (OTHER_ARCHIVES.test(file.name)) {
      throw userError("unsupported_archive", 400, `${file.name.slice(0, 200)}: pack the pictures as a .zip`);
    }
    const isZip = /\.zip$/i.test(file.name) || (!file.name.includes(".") && (await beginsLikeZip(file.path)));
    (isZip ? archives : plain).push(file);
  }
  return [archives, plain];
}

async function beginsLikeZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.subarray(0, 2).equals(ZIP_MAGIC);
  } finally {
    await file.close();
  }
}

async function readWhole({ name, path, bytes }: IncomingFile, maxBytes: number): Promise<Buffer> {
  if (bytes > maxBytes) throw fileTooLarge(name, maxBytes);
  const file = await open(path);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function collected(path: string, content: Readable, bytes: number, maxBytes: number): Promise<Buffer> {
  if (bytes > maxBytes) throw fileTooLarge(path, maxBytes);
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function fileTooLarge(name: string, maxBytes: number) {
  return userError("too_large", 413, `The file ${name.slice(0, 200)} has more than ${maxBytes} bytes`);
}

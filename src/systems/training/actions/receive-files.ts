import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { PictureLimits } from "../../../ml/images/picture-errors.ts";
import { safePath } from "../../../platform/archives/safe-path.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { hasCode } from "../../../platform/storage/storage-errors.ts";
import type { BlobStore } from "../blob-store.ts";
import type { DatasetFile } from "../dataset-record.ts";
import { examineImage, isImageName } from "../datasets/examine-image.ts";
import { eachAtOnce } from "../datasets/paths/at-once.ts";
import { readZip } from "../datasets/zip/read-zip.ts";
import { REQUEST_MEMORY } from "../memory-budget.ts";
import { type QuotaDeps, quotaRoom } from "./demand-quota.ts";

/** A file that was sent, or that lies in a folder. */
export interface IncomingFile {
  /** As its sender named it: foreign text. */
  readonly name: string;
  /** On this machine. */
  readonly path: string;
  readonly bytes: number;
}

export interface ReceiveDeps extends QuotaDeps {
  readonly blobs: BlobStore;
  readonly limits: PictureLimits;
  /** Unpacked, all files of one archive together. */
  readonly maxUnpackedBytes: number;
}

/** Files on their way into a dataset. */
export interface Upload {
  readonly files: readonly IncomingFile[];
  /** Whose quota they count for. */
  readonly ownerId: number | null;
  /** Nobody waits for it any more: it is given up. */
  readonly signal?: AbortSignal;
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
/** Of one upload. */
const MAX_FILES = 100_000;
/** Bytes that are hashed before other work gets its turn: a few milliseconds. */
const HASHED_PER_TURN = 4 * 2 ** 20;
const OTHER_ARCHIVES = /\.(tar|tgz|gz|bz2|xz|7z|rar)$/i;
const ZIP_MAGIC = Buffer.from("PK");

/**
 * Stores files as they come, archives unpacked, one by one and never all in memory; each is examined. Then `keep` writes
 * the rows that name them. Where any of it fails, nothing of the upload stays.
 * @throws QuatrainError what `safePath`, `readZip`, `quotaRoom` and `keep` throw; `unsupported_archive`,
 * `duplicate_path` (400), `too_large`, `too_many_files` (413); the signal's reason
 */
export async function receiveFiles<Result>(
  deps: ReceiveDeps,
  upload: Upload,
  keep: (received: Received) => Promise<Result>,
): Promise<Result> {
  const receiving = new Receiving(deps, upload, await quotaRoom(deps, upload.ownerId));
  try {
    return await deps.blobs.whileHolding(async () => keep(await receiving.run()));
  } catch (error) {
    // what fails here is swept at the next start; the upload's own fault is what its sender can mend
    await deps.blobs.collect(receiving.stored()).catch(() => undefined);
    throw error;
  }
}

class Receiving {
  readonly #deps: ReceiveDeps;
  readonly #upload: Upload;
  readonly #room: { take(bytes: number): void };
  readonly #files = new Map<string, DatasetFile | null>();
  readonly #stored = new Set<string>();
  readonly #notes: string[] = [];
  #skipped = 0;

  constructor(deps: ReceiveDeps, upload: Upload, room: { take(bytes: number): void }) {
    this.#deps = deps;
    this.#upload = upload;
    this.#room = room;
  }

  /** Hashes of what lies in the store because of it. */
  stored(): string[] {
    return [...this.#stored];
  }

  async run(): Promise<Received> {
    const [archives, plain] = await parted(this.#upload.files);
    const named = plain.map((file) => ({ file, path: this.#claim(safePath(file.name)) }));
    await eachAtOnce(named, AT_ONCE, async ({ file, path }) => {
      if (path !== null) await this.#take(path, file.bytes, () => readWhole(file));
    });
    for (const archive of archives) await this.#unpack(archive);
    const files = [...this.#files.values()].filter((file) => file !== null);
    return { files, skipped: this.#skipped, notes: this.#notes };
  }

  async #unpack({ path: archive }: IncomingFile): Promise<void> {
    const options = { maxBytes: this.#deps.maxUnpackedBytes, atOnce: AT_ONCE };
    const report = await readZip(archive, options, async (path, content, bytes) => {
      this.#claim(path);
      await this.#take(path, bytes, () => collected(content, bytes));
    });
    this.#skipped += report.skipped;
    for (const path of report.nested)
      this.#notes.push(`${path} is an archive inside the archive: it was left out`);
  }

  /** Reserves a path, before anything is stored under it. */
  #claim(path: string | null): string | null {
    if (path === null) {
      this.#skipped++;
      return null;
    }
    if (this.#files.has(path)) throw duplicate(path);
    if (this.#files.size === MAX_FILES) throw tooMany();
    this.#files.set(path, null);
    return path;
  }

  async #take(path: string, bytes: number, read: () => Promise<Buffer>): Promise<void> {
    const { maxBytes } = this.#deps.limits;
    if (bytes > maxBytes) throw fileTooLarge(path, maxBytes);
    await REQUEST_MEMORY.files.while(bytes, async () => {
      this.#upload.signal?.throwIfAborted();
      this.#room.take(bytes);
      this.#files.set(path, await this.#store(path, await read()));
    });
  }

  async #store(path: string, bytes: Buffer): Promise<DatasetFile> {
    const { blobs, limits } = this.#deps;
    const sha256 = await hashOf(bytes);
    const isImage = isImageName(path);
    const examined = isImage
      ? await examineImage(bytes, path, limits, (pixels, work) => REQUEST_MEMORY.pictures.while(pixels, work))
      : null;
    this.#stored.add(sha256);
    await blobs.put(sha256, bytes);
    const common = { path, sha256, bytes: bytes.length, isImage, split: null, label: null, boxes: [] };
    if (examined === null) return { ...common, width: null, height: null, look: null, problem: null };
    if ("code" in examined)
      return { ...common, width: null, height: null, look: null, problem: examined.message };
    const { width, height, perceptualHash: look } = examined;
    return { ...common, width, height, look, problem: null };
  }
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

/** No more than the file had when it was looked at: in a folder of this machine it may grow. */
async function readWhole({ name, path, bytes }: IncomingFile): Promise<Buffer> {
  if (bytes === 0) return Buffer.alloc(0);
  const file = await open(path).catch((error: unknown) => {
    throw hasCode(error, "EACCES", "EPERM", "ENOENT") ? unreadable(name) : error;
  });
  try {
    return await collected(file.createReadStream({ end: bytes - 1, autoClose: false }), bytes);
  } finally {
    await file.close();
  }
}

async function collected(content: Readable, bytes: number): Promise<Buffer> {
  const whole = Buffer.allocUnsafe(bytes);
  let length = 0;
  for await (const chunk of content) length += (chunk as Buffer).copy(whole, length);
  return whole.subarray(0, length);
}

async function hashOf(bytes: Buffer): Promise<string> {
  const hash = createHash("sha256");
  for (let at = 0; at < bytes.length; at += HASHED_PER_TURN) {
    if (at > 0) await setImmediate();
    hash.update(bytes.subarray(at, at + HASHED_PER_TURN));
  }
  return hash.digest("hex");
}

function fileTooLarge(name: string, maxBytes: number) {
  return userError(
    "too_large",
    413,
    `The file ${name.slice(0, 200)} has more than the ${maxBytes} bytes of QUATRAIN_MAX_FILE`,
  );
}

function unreadable(name: string) {
  return userError("file_unreadable", 422, `The file ${name.slice(0, 200)} cannot be read by the server`);
}

function duplicate(path: string) {
  return userError(
    "duplicate_path",
    400,
    `Two files are called ${JSON.stringify(path.slice(0, 200))}: send them with their folders as file names, or in paths`,
    { path: path.slice(0, 200) },
  );
}

function tooMany() {
  return userError("too_many_files", 413, `These are more than ${MAX_FILES} files: send them in parts`);
}

import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { messageOf, QuatrainError, userError } from "../../errors/quatrain-error.ts";
import {
  type BackupHeader,
  CHECKSUMS_NAME,
  type Checksums,
  DATABASE_NAME,
  FILES_PREFIX,
  FORMAT,
  HEADER_NAME,
} from "./format.ts";

const MAX_TEXT_BYTES = 256 * 2 ** 20;
const SAFE_NAME = /^(database\/quatrain\.db|files(\/[^/\\\0]+){2,})$/;

/**
 * Unpacks a backup below a new folder and proves that it is whole: every entry is there, unaltered, and nothing else.
 * @param storeNames the file stores that this version knows
 * @throws QuatrainError `backup_unreadable` (400); the folder is removed again
 */
export async function unpackBackup(
  path: string,
  targetDir: string,
  storeNames: readonly string[],
): Promise<BackupHeader> {
  await mkdir(targetDir);
  try {
    return await unpack(path, targetDir, storeNames);
  } catch (error) {
    await rm(targetDir, { recursive: true, force: true });
    if (error instanceof QuatrainError) throw error;
    throw unreadable(path, messageOf(error));
  }
}

async function unpack(path: string, targetDir: string, storeNames: readonly string[]): Promise<BackupHeader> {
  let header: BackupHeader | null = null;
  let checksums: Checksums | null = null;
  const found: Record<string, string> = {};
  const archive = extract();
  const read = pipeline(createReadStream(path), createGunzip(), archive);
  read.catch((error: Error) => archive.destroy(error)); // awaited below; the loop must end too
  for await (const entry of archive) {
    const { name, type } = entry.header;
    if (name === HEADER_NAME) header = checkHeader(path, await readJson(entry));
    else if (name === CHECKSUMS_NAME) checksums = (await readJson(entry)) as Checksums;
    else {
      if (header === null) throw unreadable(path, "it is not a backup of Quatrain");
      if (type !== "file" || !isSafe(name)) {
        throw unreadable(path, `it has an entry that no backup has: ${name}`);
      }
      requireKnownStore(path, name, storeNames);
      found[name] = await unpackFile(entry, join(targetDir, name));
    }
  }
  await read;
  if (header === null) throw unreadable(path, "it is not a backup of Quatrain");
  requireWhole(path, checksums, found);
  return header;
}

function isSafe(name: string): boolean {
  return SAFE_NAME.test(name) && !name.split("/").some((segment) => segment === "." || segment === "..");
}

/** Files that have no place here would be lost without a word. */
function requireKnownStore(path: string, name: string, storeNames: readonly string[]): void {
  const store = name.startsWith(FILES_PREFIX) ? (name.split("/")[1] ?? "") : null;
  if (store === null || storeNames.includes(store)) return;
  throw unreadable(path, `it has files of ${store}, which this version does not know`);
}

function checkHeader(path: string, header: unknown): BackupHeader {
  const { format, version } = (header ?? {}) as BackupHeader;
  if (format === FORMAT) return header as BackupHeader;
  throw unreadable(
    path,
    `it was written by another version (${version}, format ${format}): restore it with that one`,
  );
}

function requireWhole(path: string, checksums: Checksums | null, found: Checksums): void {
  if (checksums === null) throw unreadable(path, "its end is missing");
  const altered = Object.keys({ ...checksums, ...found }).filter((name) => checksums[name] !== found[name]);
  if (altered.length > 0)
    throw unreadable(path, `${altered.length} entries are missing or altered, ${altered[0]} first`);
  if (found[DATABASE_NAME] === undefined) throw unreadable(path, "it has no database");
}

async function readJson(entry: AsyncIterable<unknown>): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of entry as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_TEXT_BYTES) throw new RangeError("its table of contents is too large");
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

/** Writes one entry durably. @returns its SHA-256 */
async function unpackFile(entry: AsyncIterable<unknown>, path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const hash = createHash("sha256");
  await pipeline(
    entry as AsyncIterable<Buffer>,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(path, { flags: "wx", mode: 0o600, flush: true }),
  );
  return hash.digest("hex");
}

function unreadable(path: string, why: string): QuatrainError {
  return userError("backup_unreadable", 400, `${path} cannot be restored: ${why}`);
}

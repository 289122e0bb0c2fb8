import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { type Pack, pack } from "tar-stream";
import { messageOf, QuatrainError, userError } from "../../errors/quatrain-error.ts";
import { syncPath } from "../../storage/local/durable.ts";
import { CHECKSUMS_NAME, DATABASE_NAME, FILES_PREFIX, FORMAT, HEADER_NAME } from "./format.ts";

/** What a backup is made of. */
export interface BackupSources {
  /** Writes consistent copies: the database to a new file, each store's files below a folder of its name. */
  snapshot(databasePath: string, filesDir: string): Promise<void>;
  /** A folder on the data's own file system, so that snapshots are links, not copies. */
  readonly workDir: string;
  readonly version: string;
  now(): number;
}

export interface WrittenBackup {
  readonly bytes: number;
  readonly files: number;
}

/**
 * Writes a backup while everything goes on: the database first, then the files, which it names already. The target
 * appears whole and durable or not at all.
 * @throws QuatrainError `backup_failed` (400) when the target exists or cannot be written
 */
export async function writeBackup(target: string, sources: BackupSources): Promise<WrittenBackup> {
  await requireAbsent(target);
  const partial = `${target}.${randomUUID()}.partial`;
  await mkdir(sources.workDir, { recursive: true });
  const work = await mkdtemp(join(sources.workDir, "backup-"));
  try {
    const databasePath = join(work, "quatrain.db");
    const filesDir = join(work, "files");
    await mkdir(filesDir);
    await sources.snapshot(databasePath, filesDir);
    const files = await writeArchive(partial, { databasePath, filesDir }, sources);
    await rename(partial, target);
    await syncPath(dirname(target));
    return { bytes: (await stat(target)).size, files };
  } catch (error) {
    await rm(partial, { force: true });
    if (error instanceof QuatrainError) throw error;
    throw userError(
      "backup_failed",
      400,
      `The backup could not be written to ${target}: ${messageOf(error)}`,
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function requireAbsent(target: string): Promise<void> {
  const found = await stat(target).catch(() => null);
  if (found !== null) throw userError("backup_failed", 400, `${target} exists: give the backup a new name`);
}

async function writeArchive(
  target: string,
  { databasePath, filesDir }: { databasePath: string; filesDir: string },
  { version, now }: BackupSources,
): Promise<number> {
  const archive = pack();
  const written = pipeline(
    archive,
    createGzip({ level: 1 }),
    createWriteStream(target, { flags: "wx", mode: 0o600, flush: true }),
  );
  written.catch(() => archive.destroy()); // awaited below; an entry that waits for a dead pipe must not hang
  const checksums: Record<string, string> = {};
  const header = { format: FORMAT, version, createdAt: new Date(now()).toISOString() };
  await addText(archive, HEADER_NAME, JSON.stringify(header));
  checksums[DATABASE_NAME] = await addFile(archive, DATABASE_NAME, databasePath);
  let files = 0;
  for await (const path of filesBelow(filesDir)) {
    const name = FILES_PREFIX + relative(filesDir, path).split(sep).join("/");
    checksums[name] = await addFile(archive, name, path);
    files++;
  }
  await addText(archive, CHECKSUMS_NAME, JSON.stringify(checksums));
  archive.finalize();
  await written;
  return files;
}

function addText(archive: Pack, name: string, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry({ name }, text, (error) => (error ? reject(error) : resolve()));
  });
}

/** @returns the content's SHA-256 */
async function addFile(archive: Pack, name: string, path: string): Promise<string> {
  const { size, mtime } = await stat(path);
  const hash = createHash("sha256");
  const entry = archive.entry({ name, size, mtime, mode: 0o600 });
  await pipeline(
    createReadStream(path),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    entry,
  );
  return hash.digest("hex");
}

async function* filesBelow(dir: string): AsyncIterable<string> {
  const entries = await readdir(dir, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

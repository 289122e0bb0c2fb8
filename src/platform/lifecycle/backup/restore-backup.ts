import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { userError } from "../../errors/quatrain-error.ts";
import { lockDataFolder } from "../folder-lock.ts";
import type { BackupHeader } from "./format.ts";
import { unpackBackup } from "./read-backup.ts";

/** Stands in the data folder while a restore moves things: half of it must never be served. */
export const UNFINISHED_RESTORE = "restore-unfinished";

export interface RestoreTarget {
  readonly dataDir: string;
  /** Where the database lies. */
  readonly databasePath: string;
  /** By name: the root folders of the file stores. */
  readonly storeRoots: Readonly<Record<string, string>>;
  now(): number;
}

export interface Restored {
  readonly header: BackupHeader;
  /** Where the data that stood in the way was moved to; null when there was none. */
  readonly movedTo: string | null;
}

/**
 * Puts a backup in the place of the data folder's content. Nothing is touched before the whole backup was proven
 * good; with `force`, existing data is moved aside, never deleted.
 * @throws QuatrainError `data_exists` (409), `backup_unreadable` (400), `data_folder_in_use` (409)
 */
export async function restoreBackup(path: string, target: RestoreTarget, force: boolean): Promise<Restored> {
  const lock = await lockDataFolder(target.dataDir, target.now);
  const unpacked = join(target.dataDir, `restore-${process.pid}`);
  try {
    const existing = await existingParts(target);
    if (existing.length > 0 && !force && !existsSync(join(target.dataDir, UNFINISHED_RESTORE))) {
      throw userError(
        "data_exists",
        409,
        `${target.dataDir} already holds data: name an empty folder with --data, or add --force to move it aside`,
      );
    }
    await rm(unpacked, { recursive: true, force: true });
    const header = await unpackBackup(path, unpacked);
    await writeFile(join(target.dataDir, UNFINISHED_RESTORE), path, { flush: true });
    const movedTo = await moveAside(existing, target);
    await putInPlace(unpacked, target);
    await rm(join(target.dataDir, UNFINISHED_RESTORE));
    return { header, movedTo };
  } finally {
    await rm(unpacked, { recursive: true, force: true });
    lock.release();
  }
}

/** @throws QuatrainError `restore_unfinished` (409) when a restore into this folder was cut off */
export function refuseUnfinishedRestore(dataDir: string): void {
  if (!existsSync(join(dataDir, UNFINISHED_RESTORE))) return;
  throw userError(
    "restore_unfinished",
    409,
    `A restore into ${dataDir} was cut off: run \`quatrain restore FILE --data ${dataDir}\` again`,
  );
}

async function existingParts({ databasePath, storeRoots }: RestoreTarget): Promise<string[]> {
  const databaseFiles = ["", "-wal", "-shm"]
    .map((suffix) => databasePath + suffix)
    .filter((file) => existsSync(file));
  const stores: string[] = [];
  for (const root of Object.values(storeRoots)) {
    if ((await readdir(root).catch(() => [])).length > 0) stores.push(root);
  }
  return [...databaseFiles, ...stores];
}

async function moveAside(
  existing: readonly string[],
  { dataDir, now }: RestoreTarget,
): Promise<string | null> {
  if (existing.length === 0) return null;
  const stamp = new Date(now()).toISOString().replace(/[:.]/g, "-");
  const aside = join(dataDir, `before-restore-${stamp}`);
  await mkdir(aside);
  for (const part of existing) await rename(part, join(aside, part.split(/[\\/]/).at(-1)!));
  return aside;
}

async function putInPlace(unpacked: string, { databasePath, storeRoots }: RestoreTarget): Promise<void> {
  await rename(join(unpacked, "database", "quatrain.db"), databasePath);
  for (const [name, root] of Object.entries(storeRoots)) {
    const files = join(unpacked, "files", name);
    if (!existsSync(files)) continue;
    await mkdir(dirname(root), { recursive: true });
    await rm(root, { recursive: true, force: true }); // empty, or it would have been moved aside
    await rename(files, root);
  }
}

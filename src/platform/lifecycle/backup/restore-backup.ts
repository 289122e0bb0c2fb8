import { existsSync } from "node:fs";
import { cp, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { userError } from "../../errors/quatrain-error.ts";
import { syncPath } from "../../storage/local/durable.ts";
import { hasCode } from "../../storage/storage-errors.ts";
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
  /** Where the data that stood in the way was moved to. */
  readonly movedTo: readonly string[];
}

/**
 * Puts a backup in the place of the data folder's content. Nothing is touched before the whole backup was proven
 * good; with `force`, existing data is moved aside, never deleted. One that was cut off is taken up by the next.
 * @throws QuatrainError `data_exists` (409), `backup_unreadable` (400), `data_folder_in_use` (409),
 *   `store_is_mount_point` (409)
 */
export async function restoreBackup(path: string, target: RestoreTarget, force: boolean): Promise<Restored> {
  const lock = await lockDataFolder(target.dataDir, target.now);
  const marker = join(target.dataDir, UNFINISHED_RESTORE);
  const unpacked = join(target.dataDir, "tmp", "restore"); // what a killed restore leaves there goes at the next start
  try {
    const existing = await existingParts(target);
    if (existing.length > 0 && !force && !existsSync(marker)) throw dataExists(target.dataDir);
    await refuseMountPoints(existing.filter((part) => Object.values(target.storeRoots).includes(part)));
    await rm(unpacked, { recursive: true, force: true });
    await mkdir(dirname(unpacked), { recursive: true });
    const header = await unpackBackup(path, unpacked, Object.keys(target.storeRoots));
    await writeFile(marker, path, { flush: true });
    await syncPath(target.dataDir);
    const movedTo = await moveAside(existing, target);
    await putInPlace(unpacked, target);
    await syncPath(target.dataDir);
    await rm(marker);
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

function dataExists(dataDir: string) {
  return userError(
    "data_exists",
    409,
    `${dataDir} already holds data: name an empty folder with --data, or add --force to move it aside`,
  );
}

async function existingParts({ databasePath, storeRoots }: RestoreTarget): Promise<string[]> {
  const databaseFiles = ["", "-wal", "-shm"]
    .map((suffix) => databasePath + suffix)
    .filter((file) => existsSync(file));
  const stores: string[] = [];
  for (const root of Object.values(storeRoots)) {
    if (existsSync(root) && (await readdir(root)).length > 0) stores.push(root);
  }
  return [...databaseFiles, ...stores];
}

/** A folder that is a volume of its own cannot be moved aside: said before anything was moved. */
async function refuseMountPoints(roots: readonly string[]): Promise<void> {
  for (const root of roots) {
    const [own, parent] = await Promise.all([stat(root), stat(dirname(root))]);
    if (own.dev === parent.dev) continue;
    throw userError(
      "store_is_mount_point",
      409,
      `${root} is a volume of its own and cannot be moved aside: empty it first`,
    );
  }
}

/** Each part stays on its own file system: in the data folder, or beside itself where it lies elsewhere. */
async function moveAside(existing: readonly string[], { dataDir, now }: RestoreTarget): Promise<string[]> {
  const suffix = `before-restore-${new Date(now()).toISOString().replace(/[:.]/g, "-")}`;
  const movedTo = new Set<string>();
  for (const part of existing) {
    const inside = relative(dataDir, part);
    const isElsewhere = inside === ".." || inside.startsWith(`..${sep}`);
    const aside = isElsewhere ? `${part}.${suffix}` : join(dataDir, suffix, inside);
    await mkdir(dirname(aside), { recursive: true });
    await rename(part, aside);
    movedTo.add(isElsewhere ? aside : join(dataDir, suffix));
  }
  return [...movedTo];
}

async function putInPlace(unpacked: string, { databasePath, storeRoots }: RestoreTarget): Promise<void> {
  await rename(join(unpacked, "database", "quatrain.db"), databasePath);
  for (const [name, root] of Object.entries(storeRoots)) {
    const files = join(unpacked, "files", name);
    if (!existsSync(files)) continue;
    await mkdir(dirname(root), { recursive: true });
    await rm(root, { recursive: true, force: true }); // empty, or it would have been moved aside
    await moveFolder(files, root);
    await syncPath(dirname(root));
  }
}

async function moveFolder(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!hasCode(error, "EXDEV")) throw error;
    await cp(from, to, { recursive: true });
    for (const entry of await readdir(to, { recursive: true })) await syncPath(join(to, entry));
    await syncPath(to);
  }
}

import { createHash } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** A file that is there whole, also after a loss of power. */
export interface WholeFile {
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Writes a file under another name, syncs it, renames it and syncs the folder: there is never a part of it under its
 * name. What is left of a failed attempt is taken away.
 * @throws the operating system's error: `ENOSPC` for a full disk
 */
export async function writeWholeFile(path: string, bytes: Uint8Array): Promise<WholeFile> {
  const draft = `${path}.part`;
  try {
    await writeSynced(draft, bytes);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
  return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

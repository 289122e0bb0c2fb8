import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

const DAY_MS = 86_400_000;

/** Removes files that a killed process left half-written; in a shared store only those that are a day old. */
export async function sweepIncoming(folder: string, shared: boolean): Promise<void> {
  const newest = shared ? Date.now() - DAY_MS : Number.POSITIVE_INFINITY;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = await lstat(path);
    if (mtimeMs < newest) await rm(path, { recursive: true, force: true });
  }
}

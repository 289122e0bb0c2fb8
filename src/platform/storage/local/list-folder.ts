import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { keyFault } from "../file-key.ts";
import type { FileFacts } from "../file-store.ts";
import { hasCode } from "../storage-errors.ts";

/**
 * Every regular file below `root/prefix` in the order of the keys' UTF-8 bytes. Links, names that are no keys and
 * files that vanish meanwhile are left out. O(n log n) in the largest folder.
 */
export async function* listFolder(root: string, prefix: string): AsyncGenerator<FileFacts> {
  const entries = await readdir(join(root, prefix), { withFileTypes: true }).catch((error: unknown) => {
    if (hasCode(error, "ENOENT", "ENOTDIR")) return [];
    throw error;
  });
  const named = entries
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .map((entry) => ({ entry, key: prefix === "" ? entry.name : `${prefix}/${entry.name}` }))
    .filter(({ key }) => keyFault(key) === null)
    // a folder stands where its first key would: `a-b` before `a/b`
    .map(({ entry, key }) => ({
      entry,
      key,
      order: Buffer.from(entry.isDirectory() ? `${entry.name}/` : entry.name),
    }))
    .sort((left, right) => Buffer.compare(left.order, right.order));
  for (const { entry, key } of named) {
    if (entry.isDirectory()) yield* listFolder(root, key);
    else yield* factsOf(root, key);
  }
}

async function* factsOf(root: string, key: string): AsyncGenerator<FileFacts> {
  const stats = await lstat(join(root, key)).catch((error: unknown) => {
    if (hasCode(error, "ENOENT", "ENOTDIR")) return null;
    throw error;
  });
  if (stats?.isFile()) yield { key, bytes: stats.size, modifiedAt: Math.floor(stats.mtimeMs) };
}

import { realpath } from "node:fs/promises";
import { dirname, sep } from "node:path";
import { hasCode, outsideStore } from "../storage-errors.ts";

/**
 * Proves that `path`, or where it does not exist yet its nearest existing folder, lies under `root` once every
 * symbolic link is followed.
 *
 * @param root a real path
 * @throws QuatrainError `invalid_key` (400) where a link leads out of the store
 */
export async function assertInside(root: string, path: string, key: string): Promise<void> {
  const real = await realpath(path).catch((error: unknown) => {
    if (hasCode(error, "ENOENT", "ENOTDIR") && path !== root) return null;
    throw hasCode(error, "ELOOP") ? outsideStore(key) : error;
  });
  if (real === null) return assertInside(root, dirname(path), key);
  if (real !== root && !real.startsWith(root + sep)) throw outsideStore(key);
}

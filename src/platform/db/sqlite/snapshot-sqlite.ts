import { open } from "node:fs/promises";
import { dirname } from "node:path";
import { SqliteThread } from "./sqlite-thread-client.ts";

/**
 * Copies a database in use to a new file, consistently (one read transaction) and compactly, on a thread of its
 * own; writers go on meanwhile. O(size of the database).
 */
export async function snapshotSqlite(path: string, targetPath: string): Promise<void> {
  const thread = await SqliteThread.open({ path, readOnly: true });
  try {
    await thread.run("vacuum into ?", [targetPath]);
  } finally {
    await thread.close();
  }
  await sync(targetPath);
  await sync(dirname(targetPath));
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

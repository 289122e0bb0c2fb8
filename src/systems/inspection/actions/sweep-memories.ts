import type { Clock, Log } from "../../../platform/ports.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import { isMemoryKey } from "../file-keys.ts";
import type { InspectionReader } from "../store/reader.ts";

export interface SweepMemoriesDeps {
  readonly reader: InspectionReader;
  readonly files: FileStore;
  readonly clock: Clock;
  readonly log: Log;
  /** No other process uses the same database: a file without a row will never get one. */
  readonly alone: boolean;
}

/** Between a memory's file and its row lie moments; one of another process that is older is nobody's. */
const OTHERS_FILE_MS = 60 * 60_000;

/**
 * Deletes memory files that no version names: what a process that was killed between file and row, or between row and
 * file, left behind. O(files). @returns how many
 */
export async function sweepMemories({
  reader,
  files,
  clock,
  log,
  alone,
}: SweepMemoriesDeps): Promise<number> {
  // files first, rows after: a version that is added meanwhile has its file in neither list or its row in the second
  const found: string[] = [];
  const youngest = alone ? Number.POSITIVE_INFINITY : clock.now() - OTHERS_FILE_MS;
  for await (const { key, modifiedAt } of files.list("recipes"))
    if (isMemoryKey(key) && modifiedAt < youngest) found.push(key);
  const named = await reader.allMemoryKeys();
  const orphans = found.filter((key) => !named.has(key));
  for (const key of orphans) await files.delete(key);
  if (orphans.length > 0)
    log.info({ files: orphans.length }, "memory files that no version names were deleted");
  return orphans.length;
}

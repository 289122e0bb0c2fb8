import type { FileStore } from "../../../platform/storage/file-store.ts";
import { onnxBeside } from "../actions/take-callback.ts";
import type { JobReader } from "../store/job-reader.ts";
import { ENDED } from "../training-job.ts";

export interface SweepOutputsDeps {
  readonly store: FileStore;
  readonly jobs: JobReader;
}

/**
 * Deletes files of jobs that are gone, and checkpoints that no row names: a process was killed between the file and its
 * row. Jobs that wait or run are left alone. A job's row is there before its first file, and all rows of its
 * checkpoints before its end.
 */
export async function sweepOutputs({ store, jobs }: SweepOutputsDeps): Promise<void> {
  for (const [folder, names] of await foldersOf(store)) {
    const job = await jobs.findJobByOutputDir(folder);
    if (job !== null && !ENDED.includes(job.status)) continue;
    const known = job === null ? [] : (await jobs.listCheckpoints(job.id)).map(({ name }) => name);
    const kept = new Set([...known, ...known.map(onnxBeside)].map((name) => `checkpoints/${name}`));
    for (const name of names) if (!kept.has(name)) await store.delete(`${folder}/${name}`);
  }
}

/** `outputs/job_...` with the names of its files. */
async function foldersOf(store: FileStore): Promise<ReadonlyMap<string, string[]>> {
  const folders = new Map<string, string[]>();
  for await (const { key } of store.list("outputs")) {
    const [, folder, name] = /^(outputs\/[^/]+)\/(.+)$/.exec(key) ?? [];
    if (folder === undefined || name === undefined) continue;
    const names = folders.get(folder) ?? [];
    names.push(name);
    folders.set(folder, names);
  }
  return folders;
}

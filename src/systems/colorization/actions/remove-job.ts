import type { FileStore } from "../../../platform/storage/file-store.ts";
import { type ChapterJob, jobFolder } from "../chapter-job.ts";
import type { JobStore } from "../store/job-store.ts";
import type { UploadStore } from "../store/upload-store.ts";

const FILES_AT_ONCE = 16;

export interface RemoveJobDeps {
  readonly jobs: JobStore;
  readonly uploads: UploadStore;
  readonly store: FileStore;
}

/** Deletes a job that has ended, and its files: the row first. False where it has not ended. */
export async function removeJob(deps: RemoveJobDeps, job: ChapterJob): Promise<boolean> {
  if (!(await deps.jobs.deleteJob(job.id))) return false;
  await removeFiles(deps.store, jobFolder(job.id));
  for (const id of job.order.ownUploads ?? []) await removeUpload(deps, id);
  return true;
}

/** Deletes an upload and its files. False where there is none. */
export async function removeUpload(
  { uploads, store }: Pick<RemoveJobDeps, "uploads" | "store">,
  id: string,
): Promise<boolean> {
  if (!(await uploads.delete(id))) return false;
  await removeFiles(store, `uploads/${id}`);
  return true;
}

/** Deletes every file below a prefix, some at once: each waits for the disk, which then writes what they changed as one. */
export async function removeFiles(store: FileStore, prefix: string): Promise<void> {
  const files = store.list(prefix)[Symbol.asyncIterator]();
  const removeNext = async () => {
    for (let next = await files.next(); next.done !== true; next = await files.next())
      await store.delete(next.value.key);
  };
  await Promise.all(Array.from({ length: FILES_AT_ONCE }, removeNext));
}

import type { FileStore } from "../../../platform/storage/file-store.ts";
import { type ChapterJob, jobFolder } from "../chapter-job.ts";
import type { JobStore } from "../store/job-store.ts";
import type { UploadStore } from "../store/upload-store.ts";

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

/** Deletes every file below a prefix. */
export async function removeFiles(store: FileStore, prefix: string): Promise<void> {
  for await (const { key } of store.list(prefix)) await store.delete(key);
}

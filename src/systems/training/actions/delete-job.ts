import type { FileStore } from "../../../platform/storage/file-store.ts";
import type { BlobStore } from "../blob-store.ts";
import { checkpointNotFound, invalidStatus } from "../errors.ts";
import type { JobWriter } from "../store/job-writer.ts";
import { checkpointKey, type TrainingJob } from "../training-job.ts";
import { onnxBeside } from "./take-callback.ts";

export interface DeleteJobDeps {
  readonly store: FileStore;
  readonly blobs: BlobStore;
  readonly jobWriter: JobWriter;
}

/** Deletes a job, its figures and files, and the frozen dataset if it was the last to use it. */
export async function deleteJob(deps: DeleteJobDeps, job: TrainingJob): Promise<void> {
  const deleted = await deps.jobWriter.deleteJob(job.id);
  if (deleted === null) throw invalidStatus(`Training job ${job.id} is ${job.status}: stop it first`);
  for await (const { key } of deps.store.list(deleted.outputDir)) await deps.store.delete(key);
  if (deleted.snapshot !== null) await deps.blobs.release(deleted.snapshot);
}

/** @throws QuatrainError `invalid_status` (409) while the job runs, `checkpoint_not_found` (404) */
export async function deleteCheckpoint(deps: DeleteJobDeps, job: TrainingJob, name: string): Promise<void> {
  if (job.status === "running" || job.status === "queued") {
    throw invalidStatus(`Training job ${job.id} is ${job.status}: stop it before deleting its checkpoints`);
  }
  if (!(await deps.jobWriter.deleteCheckpoint(job.id, name))) {
    throw checkpointNotFound(`Training job ${job.id} has no checkpoint ${name.slice(0, 200)}`);
  }
  await deps.store.delete(checkpointKey(job, name));
  await deps.store.delete(checkpointKey(job, onnxBeside(name)));
}

import { checkpointNotFound } from "../errors.ts";
import type { JobReader } from "../store/job-reader.ts";
import type { Checkpoint, TrainingJob } from "../training-job.ts";
import { maySee, type Viewer } from "../viewer.ts";

export interface FindCheckpointDeps {
  readonly jobs: JobReader;
  /** How paths are shown: the store's folder or address, ending in a slash. */
  readonly pathPrefix: string;
}

/** A checkpoint with the job that wrote it. */
export interface FoundCheckpoint {
  readonly job: TrainingJob;
  readonly checkpoint: Checkpoint;
}

/** How a checkpoint is called towards clients. */
export function checkpointPath(
  pathPrefix: string,
  job: Pick<TrainingJob, "outputDir">,
  name: string,
): string {
  return `${pathPrefix}${job.outputDir}/checkpoints/${name}`;
}

/**
 * The checkpoint that a path names: of the job itself, or of another one of its project that the viewer may see.
 * @throws QuatrainError `checkpoint_not_found` (404), also for every path outside the store
 */
export async function findCheckpointByPath(
  { jobs, pathPrefix }: FindCheckpointDeps,
  path: string,
  near: TrainingJob,
  viewer: Viewer,
): Promise<FoundCheckpoint> {
  const key = path.startsWith(pathPrefix) ? path.slice(pathPrefix.length) : path;
  const match = /^(outputs\/job_[0-9_]+)\/checkpoints\/([^/]+)$/.exec(key);
  const found = match === null ? null : await jobs.findCheckpointByPath(match[1]!, match[2]!);
  const inProject =
    found !== null &&
    (found.job.id === near.id ||
      (near.projectId !== null && found.job.projectId === near.projectId && maySee(viewer, found.job)));
  if (!inProject) {
    throw checkpointNotFound(
      `There is no checkpoint ${path.slice(0, 300)} in this job or its project: GET /api/v1/training/jobs/${near.id}/checkpoints lists them`,
    );
  }
  return found;
}

/** The best checkpoint of a job, else the last; or that of an epoch. @throws QuatrainError `checkpoint_not_found` (404) */
export async function findBestCheckpoint(
  jobs: Pick<JobReader, "listCheckpoints">,
  job: TrainingJob,
  epoch?: number,
): Promise<Checkpoint> {
  const current = (await jobs.listCheckpoints(job.id)).filter(({ roles }) => roles.length > 0);
  const chosen =
    epoch === undefined
      ? (current.find(({ roles }) => roles.includes("best")) ??
        current.find(({ roles }) => roles.includes("last")) ??
        current[0])
      : current.find((checkpoint) => checkpoint.epoch === epoch);
  if (chosen !== undefined) return chosen;
  throw checkpointNotFound(
    epoch === undefined
      ? `Training job ${job.id} has no checkpoint yet: they are written at the end of each epoch`
      : `Training job ${job.id} keeps no checkpoint of epoch ${epoch}`,
  );
}

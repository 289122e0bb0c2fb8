import type { DatasetRecord } from "./dataset-record.ts";
import { datasetNotFound, jobNotFound, notYours } from "./errors.ts";
import type { DatasetReader } from "./store/dataset-reader.ts";
import type { JobReader } from "./store/job-reader.ts";
import type { TrainingJob } from "./training-job.ts";
import { mayChange, maySee, type Viewer } from "./viewer.ts";

/** What the viewer may see; somebody else's is as good as absent. @throws QuatrainError `job_not_found` (404) */
export async function findJob(
  { jobs }: { jobs: Pick<JobReader, "findJob"> },
  id: number,
  viewer: Viewer,
): Promise<TrainingJob> {
  const job = await jobs.findJob(id);
  if (job === null || !maySee(viewer, job)) throw jobNotFound(id);
  return job;
}

/** @throws QuatrainError `job_not_found` (404), `forbidden` (403: public, and somebody else's) */
export async function findOwnJob(
  deps: { jobs: Pick<JobReader, "findJob"> },
  id: number,
  viewer: Viewer,
): Promise<TrainingJob> {
  const job = await findJob(deps, id, viewer);
  if (!mayChange(viewer, job)) throw notYours(`Training job ${id}`);
  return job;
}

/** @throws QuatrainError `dataset_not_found` (404) */
export async function findDataset(
  { datasets }: { datasets: Pick<DatasetReader, "findDataset"> },
  id: string,
  viewer: Viewer,
): Promise<DatasetRecord> {
  const dataset = await datasets.findDataset(id);
  if (dataset === null || !maySee(viewer, dataset)) throw datasetNotFound(id);
  return dataset;
}

/** @throws QuatrainError `dataset_not_found` (404), `forbidden` (403: public, and somebody else's) */
export async function findOwnDataset(
  deps: { datasets: Pick<DatasetReader, "findDataset"> },
  id: string,
  viewer: Viewer,
): Promise<DatasetRecord> {
  const dataset = await findDataset(deps, id, viewer);
  if (!mayChange(viewer, dataset)) throw notYours(`Dataset ${id}`);
  return dataset;
}

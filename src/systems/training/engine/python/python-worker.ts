import type { TrainingConfig } from "../../config/training-config.ts";
import type { WorkerHealth, WorkerJob } from "./worker-answers.ts";

/** A run for a worker, which fetches everything else from `serverUrl`. */
export interface WorkerOrder {
  readonly jobId: number;
  /** 1 for the first start; raised with each start and each restart. */
  readonly attempt: number;
  readonly config: TrainingConfig;
  /** Compute threads where there is no GPU. */
  readonly threads: number;
  /** Name of an uploaded `.pth` (`.pt` of ultralytics) to continue from: GET .../checkpoints/{name}. */
  readonly resumeFrom: string | null;
  /** SHA-256 of a safetensors file to begin with: GET .../blobs/{sha256}. */
  readonly initialWeights: string | null;
  /** Of this server, as the worker reaches it: `http://127.0.0.1:8000`. */
  readonly serverUrl: string;
  /** What the worker shows as X-Internal-Auth. */
  readonly callbackToken: string;
}

/**
 * A worker that trains with torch. What its jobs have to tell comes as callbacks to the server. Every function is
 * bounded in time and throws QuatrainError `TRAINING_SERVICE_UNAVAILABLE` (503), which says how to attach a worker.
 */
export interface PythonWorker {
  /** What it can train. Slow where it has to be started: it imports torch. */
  health(): Promise<WorkerHealth>;
  /**
   * Begins to train and returns. The same attempt twice is one job.
   * @throws QuatrainError `TRAINING_SERVICE_UNAVAILABLE` (503) too where it has no room; `worker_has_job` (409) where
   * another attempt of the job still runs there; `worker_refuses` (422) where it cannot train such a thing
   */
  start(order: WorkerOrder): Promise<void>;
  /**
   * Asks for a checkpoint and an end, kills after the grace. Resolves once nothing of the job runs and all that it had
   * to tell is delivered (at most a minute after the grace); at once where it does not run.
   */
  stop(jobId: number, options?: { readonly graceMs?: number }): Promise<void>;
  /** Whether any process of the job runs, or something is left for it to tell. */
  isAlive(jobId: number): Promise<boolean>;
  /** Where a job stands; null where the worker does not know it. */
  status(jobId: number): Promise<WorkerJob | null>;
  /** Ends a worker that was started by us, with its jobs; one that runs elsewhere goes on. */
  close(): Promise<void>;
}

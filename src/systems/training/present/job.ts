import { checkpointPath } from "../actions/find-checkpoint.ts";
import { etaSeconds, progressPercent } from "../progress.ts";
import type { LogLine, StepFigures, StoredFigures } from "../store/run-reader.ts";
import type { Checkpoint, TrainingJob } from "../training-job.ts";

/** What belongs to a job's answer beside its row. */
export interface JobSurroundings {
  readonly checkpoints: readonly Checkpoint[];
  readonly projectName: string | null;
  readonly queuePosition: number | null;
  readonly pathPrefix: string;
  readonly now: number;
}

export const iso = (ms: number) => new Date(ms).toISOString();
export const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));

/** contracts/training.md "Training API": the union of both of its shapes, and ours. */
export function presentJob(job: TrainingJob, around: JobSurroundings) {
  const { sent, config } = job;
  const pathOf = (role: "best" | "last") => {
    const found = around.checkpoints.find(({ roles }) => roles.includes(role));
    return found === undefined ? null : checkpointPath(around.pathPrefix, job, found.name);
  };
  const seconds = etaSeconds(job, around.now);
  return {
    id: job.id,
    session_id: job.sessionId,
    project_id: job.projectId,
    project_name: around.projectName,
    experiment_name: job.experimentName,
    tags: [...job.tags],
    notes: job.notes,
    framework: sent.framework,
    model_name: sent.modelName,
    task_type: sent.taskType,
    dataset_id: job.datasetId,
    dataset_path: job.datasetPath,
    dataset_format: job.datasetFormat,
    num_classes: config.numClasses,
    output_dir: `${around.pathPrefix}${job.outputDir}`,
    epochs: sent.epochs,
    batch_size: sent.batchSize,
    learning_rate: sent.learningRate,
    status: job.status,
    primary_metric: job.primaryMetric,
    primary_metric_mode: job.primaryMetricMode,
    current_epoch: job.currentEpoch,
    total_epochs: sent.epochs,
    mlflow_run_id: job.mlflowRunId,
    created_at: iso(job.createdAt),
    started_at: isoOrNull(job.startedAt),
    completed_at: isoOrNull(job.completedAt),
    advanced_config: sent.advancedConfig,
    effective_config: job.effectiveConfig,
    warnings: [...job.warnings],
    error_message: job.errorMessage,
    error_code: job.errorCode,
    final_accuracy: job.finalAccuracy,
    best_metric: job.bestMetric,
    best_epoch: job.bestEpoch,
    best_checkpoint_path: pathOf("best"),
    last_checkpoint_path: pathOf("last"),
    progress_percent: progressPercent(job),
    eta_seconds: seconds,
    eta: seconds === null ? null : iso(around.now + seconds * 1_000),
    attempt: job.attempt,
    restarts: job.restarts,
    priority: job.priority,
    queue_position: around.queuePosition,
    engine: job.engine,
    visibility: job.visibility,
    owner_id: job.ownerId,
    snapshot_hash: job.snapshot,
  };
}

export function presentFigures(figures: StoredFigures) {
  return {
    id: figures.id,
    job_id: figures.jobId,
    epoch: figures.epoch,
    loss: figures.loss,
    accuracy: figures.accuracy,
    learning_rate: figures.learningRate,
    extra_metrics: { ...figures.extra },
    created_at: iso(figures.createdAt),
  };
}

export function presentStep({ epoch, step, loss, learningRate }: StepFigures) {
  return { epoch, step, loss, learning_rate: learningRate };
}

export function presentLine(line: LogLine) {
  return {
    id: line.id,
    job_id: line.jobId,
    log_type: line.logType,
    message: line.message,
    content: line.message,
    level: line.level,
    created_at: iso(line.createdAt),
  };
}

export function presentCheckpoint(job: TrainingJob, checkpoint: Checkpoint, pathPrefix: string) {
  return {
    name: checkpoint.name,
    path: checkpointPath(pathPrefix, job, checkpoint.name),
    epoch: checkpoint.epoch,
    roles: [...checkpoint.roles],
    metric: checkpoint.metric,
    bytes: checkpoint.bytes,
    sha256: checkpoint.sha256,
    created_at: iso(checkpoint.createdAt),
  };
}

import type { Selectable } from "kysely";
import type { EffectiveConfig, TrainingConfig } from "../config/training-config.ts";
import type { Checkpoint, CheckpointRole, JobStatus, RunFacts, TrainingJob } from "../training-job.ts";
import type { TrainingTables } from "./tables.ts";

type JobRow = Selectable<TrainingTables["training_jobs"]>;

export function toTrainingJob(row: JobRow): TrainingJob {
  const parse = <Value>(json: string) => JSON.parse(json) as Value;
  return {
    id: row.id,
    sessionId: row.session_id,
    projectId: row.project_id,
    ownerId: row.owner_id,
    visibility: row.visibility as TrainingJob["visibility"],
    experimentName: row.experiment_name,
    tags: parse<string[]>(row.tags),
    notes: row.notes,
    datasetId: row.dataset_id,
    datasetPath: row.dataset_path,
    datasetFormat: row.dataset_format,
    classes: parse<string[]>(row.classes),
    outputDir: row.output_dir,
    sent: {
      framework: row.framework,
      modelName: row.model_name,
      taskType: row.task_type as TrainingJob["sent"]["taskType"],
      epochs: row.epochs,
      batchSize: row.batch_size,
      learningRate: row.learning_rate,
      numClasses: row.num_classes,
      advancedConfig: row.advanced_config === null ? null : parse(row.advanced_config),
    },
    config: parse<TrainingConfig>(row.config),
    effectiveConfig: parse<EffectiveConfig>(row.effective_config),
    warnings: parse<string[]>(row.warnings),
    engine: row.engine as TrainingJob["engine"],
    priority: row.priority,
    status: row.status as JobStatus,
    primaryMetric: row.primary_metric,
    primaryMetricMode: row.primary_metric_mode as TrainingJob["primaryMetricMode"],
    currentEpoch: row.current_epoch,
    bestMetric: row.best_metric,
    bestEpoch: row.best_epoch,
    finalAccuracy: row.final_accuracy,
    errorMessage: row.error_message,
    errorCode: row.error_code,
    snapshot: row.snapshot,
    attempt: row.attempt,
    restarts: row.restarts,
    resumeFrom: row.resume_from,
    beginWith: row.begin_with,
    stopRequested: row.stop_requested !== 0,
    callbackTokenHash: row.callback_token,
    ticket: row.ticket,
    mlflowRunId: row.mlflow_run_id,
    runFacts: parse<RunFacts>(row.run_facts),
    createdAt: row.created_at,
    queuedAt: row.queued_at,
    startedAt: row.started_at,
    completedAt: row.completed_at,
  };
}

export function toCheckpoint(row: Selectable<TrainingTables["training_checkpoints"]>): Checkpoint {
  return {
    jobId: row.job_id,
    name: row.name,
    epoch: row.epoch,
    roles: row.roles.split(" ").filter((role) => role !== "") as CheckpointRole[],
    metric: row.metric,
    bytes: row.bytes,
    sha256: row.sha256,
    createdAt: row.created_at,
  };
}

/** A number that both databases store: null for NaN and the infinities. */
export function finiteOrNull(value: number | null | undefined): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

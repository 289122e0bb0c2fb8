import type { Generated } from "kysely";

/** Tables of training. Times are milliseconds UTC, booleans 0 or 1, JSON is text. */
export interface TrainingTables {
  training_projects: {
    id: number;
    name: string;
    description: string | null;
    /** The user who made it; null for a machine's credential. */
    owner_id: number | null;
    created_at: number;
  };

  training_sessions: {
    id: number;
    project_id: number;
    owner_id: number | null;
    created_at: number;
  };

  training_datasets: {
    id: string;
    name: string;
    description: string | null;
    /** As asked for: dice, imagefolder, coco, yolo, voc, auto. */
    format: string;
    visibility: string;
    project_id: number | null;
    owner_id: number | null;
    task_type: string;
    /** JSON: names in the order of their ids. */
    classes: string;
    /** JSON: what the dataset looks like as a whole; see `DatasetFacts`. */
    facts: string;
    file_count: number;
    image_count: number;
    total_bytes: number;
    problem_count: number;
    /** Raised with each change of its files. */
    revision: number;
    created_at: number;
    updated_at: number;
  };

  /** Every file of a dataset by its path; the bytes lie in the blob store under their hash. */
  training_files: {
    dataset_id: string;
    path: string;
    sha256: string;
    bytes: number;
    /** 1 for pictures. */
    is_image: number;
    width: number | null;
    height: number | null;
    /** Perceptual hash, hex. */
    look: string | null;
    /** Why it cannot be trained on; null where it can, and for files that are no pictures. */
    problem: string | null;
    split: string | null;
    label: number | null;
    /** JSON list of boxes; null without. */
    boxes: string | null;
  };

  /** What a job trains on, whatever happens to its dataset; by the hash of its content. */
  training_snapshots: {
    hash: string;
    /** JSON lines would be long: the manifest is a file under `snapshots/`. */
    image_count: number;
    created_at: number;
  };

  /** Keeps the blobs of snapshots alive. */
  training_snapshot_blobs: { snapshot: string; sha256: string };

  training_jobs: {
    id: Generated<number>;
    session_id: number | null;
    project_id: number | null;
    owner_id: number | null;
    visibility: string;
    experiment_name: string | null;
    /** JSON list. */
    tags: string;
    notes: string | null;
    framework: string;
    model_name: string;
    task_type: string;
    dataset_id: string | null;
    dataset_path: string | null;
    dataset_format: string | null;
    num_classes: number;
    /** JSON: names in the order of their ids. */
    classes: string;
    output_dir: string;
    epochs: number;
    batch_size: number;
    learning_rate: number;
    /** JSON as it was sent, or null. */
    advanced_config: string | null;
    /** JSON `TrainingConfig`. */
    config: string;
    /** JSON `EffectiveConfig`. */
    effective_config: string;
    /** JSON list. */
    warnings: string;
    engine: string;
    priority: number;
    status: string;
    primary_metric: string;
    primary_metric_mode: string;
    current_epoch: number;
    best_metric: number | null;
    best_epoch: number | null;
    final_accuracy: number | null;
    error_message: string | null;
    error_code: string | null;
    traceback: string | null;
    snapshot: string | null;
    /** How often it was begun, by a start or after a crash. Fences callbacks of older attempts. */
    attempt: number;
    restarts: number;
    /** What the next attempt continues from: a checkpoint's name; null for a fresh start. */
    resume_from: string | null;
    /** A checkpoint's path to take initial weights from. */
    begin_with: string | null;
    /** Asked to stop while it runs. */
    stop_requested: number;
    /** SHA-256 of the token that its callbacks carry; null where it has none. */
    callback_token: string | null;
    /** The queued job of the platform that runs it; null where it is trained elsewhere. */
    ticket: string | null;
    mlflow_run_id: string | null;
    /** JSON of the run's own facts: seconds per epoch, parameters, counts. */
    run_facts: string;
    created_at: number;
    queued_at: number | null;
    started_at: number | null;
    completed_at: number | null;
    /** Last sign of life of a trainer elsewhere. */
    heard_at: number | null;
  };

  /** One row per epoch. */
  training_metrics: {
    id: Generated<number>;
    job_id: number;
    epoch: number;
    loss: number | null;
    accuracy: number | null;
    learning_rate: number | null;
    /** JSON by name. */
    extra: string;
    created_at: number;
  };

  /** Loss by step, thinned out while it is written. */
  training_steps: {
    job_id: number;
    epoch: number;
    step: number;
    loss: number | null;
    learning_rate: number | null;
  };

  training_logs: {
    id: Generated<number>;
    job_id: number;
    log_type: string;
    level: string;
    message: string;
    created_at: number;
  };

  training_checkpoints: {
    job_id: number;
    name: string;
    epoch: number;
    /** Space-separated: last, best, periodic. */
    roles: string;
    metric: number | null;
    bytes: number;
    sha256: string;
    created_at: number;
  };

  training_validations: {
    id: Generated<number>;
    job_id: number;
    epoch: number;
    /** The primary metric's value. */
    value: number | null;
    loss: number | null;
    /** JSON `ValidationReport`. */
    report: string;
    image_count: number;
    created_at: number;
  };

  training_validation_images: {
    id: Generated<number>;
    validation_id: number;
    path: string;
    sha256: string | null;
    true_label: number;
    predicted_label: number;
    confidence: number;
    is_correct: number;
    loss: number | null;
    /** JSON list of at most five `[label, confidence]`. */
    top: string;
  };

  /** Lines that were delivered with a number: a second delivery writes nothing. */
  training_deliveries: { job_id: number; attempt: number; sequence: number; created_at: number };
}

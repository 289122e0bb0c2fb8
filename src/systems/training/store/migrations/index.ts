import { integer, real, serial, text } from "../../../../platform/db/schema/columns.ts";
import type { Migration } from "../../../../platform/db/schema/migrate.ts";

const datasets: Migration = {
  id: "training/0001-datasets",
  async up(schema) {
    // clients name projects and sessions by numbers of their own
    await schema.createTable("training_projects", {
      id: integer().primaryKey(),
      name: text(),
      description: text().nullable(),
      owner_id: integer().nullable(),
      created_at: integer(),
    });
    await schema.createIndex("training_projects", ["owner_id"]);
    await schema.createTable("training_sessions", {
      id: integer().primaryKey(),
      project_id: integer(),
      owner_id: integer().nullable(),
      created_at: integer(),
    });
    await schema.createTable("training_datasets", {
      id: text().primaryKey(),
      name: text(),
      description: text().nullable(),
      format: text(),
      visibility: text(),
      project_id: integer().nullable(),
      owner_id: integer().nullable(),
      task_type: text(),
      classes: text(),
      facts: text(),
      file_count: integer(),
      image_count: integer(),
      total_bytes: integer(),
      problem_count: integer(),
      revision: integer(),
      created_at: integer(),
      updated_at: integer(),
    });
    await schema.createIndex("training_datasets", ["created_at desc", "id desc"]);
    await schema.createIndex("training_datasets", ["owner_id", "created_at desc", "id desc"]);
    await schema.createIndex("training_datasets", ["project_id", "created_at desc", "id desc"]);
    await schema.createTable(
      "training_files",
      {
        dataset_id: text(),
        path: text(),
        sha256: text(),
        bytes: integer(),
        is_image: integer(),
        width: integer().nullable(),
        height: integer().nullable(),
        look: text().nullable(),
        problem: text().nullable(),
        split: text().nullable(),
        label: integer().nullable(),
        boxes: text().nullable(),
      },
      { primaryKey: ["dataset_id", "path"], clustered: true },
    );
    await schema.createIndex("training_files", ["sha256"]);
    await schema.createTable("training_snapshots", {
      hash: text().primaryKey(),
      image_count: integer(),
      created_at: integer(),
    });
    await schema.createTable(
      "training_snapshot_blobs",
      { snapshot: text(), sha256: text() },
      { primaryKey: ["snapshot", "sha256"], clustered: true },
    );
    await schema.createIndex("training_snapshot_blobs", ["sha256"]);
  },
};

const jobs: Migration = {
  id: "training/0002-jobs",
  async up(schema) {
    await schema.createTable("training_jobs", {
      id: serial(),
      session_id: integer().nullable(),
      project_id: integer().nullable(),
      owner_id: integer().nullable(),
      visibility: text(),
      experiment_name: text().nullable(),
      tags: text(),
      notes: text().nullable(),
      framework: text(),
      model_name: text(),
      task_type: text(),
      dataset_id: text().nullable(),
      dataset_path: text().nullable(),
      dataset_format: text().nullable(),
      num_classes: integer(),
      classes: text(),
      output_dir: text().unique(),
      epochs: integer(),
      batch_size: integer(),
      learning_rate: real(),
      advanced_config: text().nullable(),
      config: text(),
      effective_config: text(),
      warnings: text(),
      engine: text(),
      priority: integer(),
      status: text(),
      primary_metric: text(),
      primary_metric_mode: text(),
      current_epoch: integer(),
      best_metric: real().nullable(),
      best_epoch: integer().nullable(),
      final_accuracy: real().nullable(),
      error_message: text().nullable(),
      error_code: text().nullable(),
      traceback: text().nullable(),
      snapshot: text().nullable(),
      attempt: integer(),
      restarts: integer(),
      resume_from: text().nullable(),
      begin_with: text().nullable(),
      stop_requested: integer(),
      callback_token: text().nullable(),
      ticket: text().nullable(),
      mlflow_run_id: text().nullable(),
      run_facts: text(),
      created_at: integer(),
      queued_at: integer().nullable(),
      started_at: integer().nullable(),
      completed_at: integer().nullable(),
      heard_at: integer().nullable(),
    });
    await schema.createIndex("training_jobs", ["status", "priority desc", "queued_at", "id"]);
    await schema.createIndex("training_jobs", ["owner_id", "id desc"]);
    await schema.createIndex("training_jobs", ["project_id", "id desc"]);
    await schema.createIndex("training_jobs", ["dataset_id", "status"]);
    await schema.createIndex("training_jobs", ["snapshot"]);
    await schema.createTable("training_metrics", {
      id: serial(),
      job_id: integer(),
      epoch: integer(),
      loss: real().nullable(),
      accuracy: real().nullable(),
      learning_rate: real().nullable(),
      extra: text(),
      created_at: integer(),
    });
    await schema.createIndex("training_metrics", ["job_id", "epoch"], { unique: true });
    await schema.createTable(
      "training_steps",
      {
        job_id: integer(),
        epoch: integer(),
        step: integer(),
        loss: real().nullable(),
        learning_rate: real().nullable(),
      },
      { primaryKey: ["job_id", "epoch", "step"], clustered: true },
    );
    await schema.createTable("training_logs", {
      id: serial(),
      job_id: integer(),
      log_type: text(),
      level: text(),
      message: text(),
      created_at: integer(),
    });
    await schema.createIndex("training_logs", ["job_id", "id"]);
    await schema.createTable(
      "training_checkpoints",
      {
        job_id: integer(),
        name: text(),
        epoch: integer(),
        roles: text(),
        metric: real().nullable(),
        bytes: integer(),
        sha256: text(),
        created_at: integer(),
      },
      { primaryKey: ["job_id", "name"], clustered: true },
    );
    await schema.createTable("training_validations", {
      id: serial(),
      job_id: integer(),
      epoch: integer(),
      value: real().nullable(),
      loss: real().nullable(),
      report: text(),
      image_count: integer(),
      created_at: integer(),
    });
    await schema.createIndex("training_validations", ["job_id", "epoch"], { unique: true });
    await schema.createTable("training_validation_images", {
      id: serial(),
      validation_id: integer(),
      path: text(),
      sha256: text().nullable(),
      true_label: integer(),
      predicted_label: integer(),
      confidence: real(),
      is_correct: integer(),
      loss: real().nullable(),
      top: text(),
    });
    await schema.createIndex("training_validation_images", ["validation_id", "id"]);
    await schema.createTable(
      "training_deliveries",
      { job_id: integer(), attempt: integer(), sequence: integer(), created_at: integer() },
      { primaryKey: ["job_id", "attempt", "sequence"], clustered: true },
    );
  },
};

/** Training's tables; append, never change. */
export const trainingMigrations: readonly Migration[] = [datasets, jobs];

import type { Insertable, Selectable, Transaction } from "kysely";
import type { Database } from "../../../platform/db/database.ts";
import type { Clock, Ids } from "../../../platform/ports.ts";
import type { TrainingJob } from "../training-job.ts";
import { toTrainingJob } from "./job-rows.ts";
import type { TrainingTables } from "./tables.ts";

type Tx = Transaction<TrainingTables>;

/** What a new job is made of; the rest begins at nothing. */
export type NewJob = Pick<
  TrainingJob,
  | "sessionId"
  | "projectId"
  | "ownerId"
  | "visibility"
  | "experimentName"
  | "tags"
  | "notes"
  | "datasetId"
  | "datasetPath"
  | "datasetFormat"
  | "classes"
  | "sent"
  | "config"
  | "effectiveConfig"
  | "warnings"
  | "engine"
  | "priority"
  | "primaryMetric"
  | "primaryMetricMode"
>;

/** What a start decides for the next attempt. */
export interface Start {
  readonly engine: TrainingJob["engine"];
  readonly snapshot: string;
  readonly classes: readonly string[];
  readonly resumeFrom: string | null;
  readonly beginWith: string | null;
  readonly priority: number | null;
  /** A new run: what the last one measured goes. */
  readonly fresh: boolean;
}

/** Writes jobs: each method one transaction, each change conditional on the state that it was decided in. */
export class JobWriter {
  readonly #database: Database<TrainingTables>;
  readonly #clock: Clock;
  readonly #ids: Ids;

  constructor(database: Database<TrainingTables>, clock: Clock, ids: Ids) {
    this.#database = database;
    this.#clock = clock;
    this.#ids = ids;
  }

  /** `outputDirOf` names the job's folder, which is its alone. */
  async addJob(job: NewJob, outputDirOf: (id: number, now: number) => string): Promise<TrainingJob> {
    const now = this.#clock.now();
    return this.#database.transaction(async (tx) => {
      const { id } = await tx
        .insertInto("training_jobs")
        .values({ ...newRow(job, now), output_dir: `new/${this.#ids.uuid()}` })
        .returning("id")
        .executeTakeFirstOrThrow();
      const row = await tx
        .updateTable("training_jobs")
        .set({ output_dir: outputDirOf(id, now) })
        .where("id", "=", id)
        .returningAll()
        .executeTakeFirstOrThrow();
      return toTrainingJob(row);
    });
  }

  /**
   * Puts a job that may be started into the queue and enqueues its ticket in the same transaction.
   * Null when its state does not allow it.
   */
  async queueJob(
    id: number,
    start: Start,
    enqueue: (tx: Tx) => Promise<string>,
  ): Promise<TrainingJob | null> {
    const now = this.#clock.now();
    return this.#database.transaction(async (tx) => {
      const row = await tx
        .updateTable("training_jobs")
        .set({
          status: "queued",
          queued_at: now,
          started_at: null,
          completed_at: null,
          engine: start.engine,
          snapshot: start.snapshot,
          classes: JSON.stringify(start.classes),
          resume_from: start.resumeFrom,
          begin_with: start.beginWith,
          callback_token: null,
          ticket: null,
          stop_requested: 0,
          restarts: 0,
          error_message: null,
          error_code: null,
          traceback: null,
          ...(start.priority === null ? {} : { priority: start.priority }),
        })
        .where("id", "=", id)
        .where("status", "in", ["pending", "stopped", "failed"])
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return null;
      if (start.fresh) await forgetRun(tx, id);
      await enqueue(tx);
      return { ...toTrainingJob(row), ...(start.fresh ? { currentEpoch: 0 } : {}) };
    });
  }

  /**
   * What a ticket has to run: the job that it ran before, else the first of the queue. Marks it as running.
   * Null where nothing waits.
   */
  async claimJob(ticket: string): Promise<{ job: TrainingJob; lostProcess: boolean } | null> {
    const now = this.#clock.now();
    return this.#database.transaction(async (tx) => {
      const own = await tx
        .selectFrom("training_jobs")
        .selectAll()
        .where("ticket", "=", ticket)
        .where("status", "in", ["running", "queued"])
        .forUpdate()
        .executeTakeFirst();
      const next = own ?? (await firstWaiting(tx));
      if (next === undefined) return null;
      const lostProcess = own?.status === "running";
      const row = await tx
        .updateTable("training_jobs")
        .set({
          status: "running",
          ticket,
          attempt: next.attempt + 1,
          restarts: next.restarts + (lostProcess ? 1 : 0),
          started_at: next.started_at ?? now,
        })
        .where("id", "=", next.id)
        .returningAll()
        .executeTakeFirstOrThrow();
      return { job: toTrainingJob(row), lostProcess };
    });
  }

  /** Gives a running job back to the queue, to be continued by its own ticket; `lost` counts as a restart. */
  async returnJob({ id, attempt }: TrainingJob, { lost }: { readonly lost: boolean }): Promise<void> {
    await this.#database.transaction((tx) =>
      tx
        .updateTable("training_jobs")
        .set((row) => ({ status: "queued", restarts: row("restarts", "+", Number(lost)) }))
        .where("id", "=", id)
        .where("attempt", "=", attempt)
        .where("status", "=", "running")
        .execute(),
    );
  }

  /** Puts a job back into the queue whose ticket has ended without it: another one will take it. */
  async takeFromTicket({ id, ticket }: TrainingJob): Promise<void> {
    await this.#database.transaction((tx) =>
      tx
        .updateTable("training_jobs")
        .set({ status: "queued", ticket: null })
        .where("id", "=", id)
        .where("ticket", "=", ticket)
        .where("status", "in", ["running", "queued"])
        .execute(),
    );
  }

  /** Ends what does not run. False when it does, or has ended. */
  async stopWaiting(id: number): Promise<boolean> {
    return this.#changed(id, ["pending", "queued"], {
      status: "stopped",
      ticket: null,
      completed_at: this.#clock.now(),
    });
  }

  /** Asks a running job to stop. False when it does not run. */
  async requestStop(id: number): Promise<boolean> {
    return this.#changed(id, ["running"], { stop_requested: 1 });
  }

  /** What callbacks of this attempt have to show, hashed. */
  async setCallbackToken({ id, attempt }: TrainingJob, hash: string): Promise<void> {
    await this.#database.transaction((tx) =>
      tx
        .updateTable("training_jobs")
        .set({ callback_token: hash })
        .where("id", "=", id)
        .where("attempt", "=", attempt)
        .execute(),
    );
  }

  async setMlflowRun(id: number, runId: string): Promise<void> {
    await this.#database.transaction((tx) =>
      tx.updateTable("training_jobs").set({ mlflow_run_id: runId }).where("id", "=", id).execute(),
    );
  }

  /** Deletes a job that neither waits nor runs, with everything measured. Null when its state does not allow it. */
  async deleteJob(id: number): Promise<TrainingJob | null> {
    return this.#database.transaction(async (tx) => {
      const row = await tx
        .deleteFrom("training_jobs")
        .where("id", "=", id)
        .where("status", "not in", ["queued", "running"])
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return null;
      await forgetRun(tx, id);
      for (const table of ["training_logs", "training_checkpoints", "training_deliveries"] as const) {
        await tx.deleteFrom(table).where("job_id", "=", id).execute();
      }
      return toTrainingJob(row);
    });
  }

  async deleteCheckpoint(jobId: number, name: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database.transaction((tx) =>
      tx
        .deleteFrom("training_checkpoints")
        .where("job_id", "=", jobId)
        .where("name", "=", name)
        .executeTakeFirst(),
    );
    return numDeletedRows > 0n;
  }

  async #changed(
    id: number,
    from: readonly string[],
    changes: Partial<Insertable<TrainingTables["training_jobs"]>>,
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.#database.transaction((tx) =>
      tx
        .updateTable("training_jobs")
        .set(changes)
        .where("id", "=", id)
        .where("status", "in", from)
        .executeTakeFirst(),
    );
    return numUpdatedRows > 0n;
  }
}

/**
 * The first job of the queue, locked. One that another ticket takes in the same moment is passed over, not taken for the
 * end of the queue.
 */
async function firstWaiting(tx: Tx): Promise<Selectable<TrainingTables["training_jobs"]> | undefined> {
  for (;;) {
    const first = await tx
      .selectFrom("training_jobs")
      .select("id")
      .where("status", "=", "queued")
      .where("ticket", "is", null)
      .orderBy("priority", "desc")
      .orderBy("queued_at")
      .orderBy("id")
      .limit(1)
      .executeTakeFirst();
    if (first === undefined) return undefined;
    const locked = await tx
      .selectFrom("training_jobs")
      .selectAll()
      .where("id", "=", first.id)
      .where("status", "=", "queued")
      .where("ticket", "is", null)
      .forUpdate()
      .executeTakeFirst();
    if (locked !== undefined) return locked;
  }
}

/** Everything that a run measured. */
async function forgetRun(tx: Tx, jobId: number): Promise<void> {
  await tx
    .deleteFrom("training_validation_images")
    .where("validation_id", "in", (row) =>
      row.selectFrom("training_validations").select("id").where("job_id", "=", jobId),
    )
    .execute();
  for (const table of ["training_validations", "training_metrics", "training_steps"] as const) {
    await tx.deleteFrom(table).where("job_id", "=", jobId).execute();
  }
  // the files of an earlier run stay until the job goes, but nobody takes them for this one's
  await tx.updateTable("training_checkpoints").set({ roles: "" }).where("job_id", "=", jobId).execute();
  await tx
    .updateTable("training_jobs")
    .set({
      current_epoch: 0,
      best_metric: null,
      best_epoch: null,
      final_accuracy: null,
      mlflow_run_id: null,
      run_facts: "{}",
    })
    .where("id", "=", jobId)
    .execute();
}

function newRow(job: NewJob, now: number): Omit<Insertable<TrainingTables["training_jobs"]>, "output_dir"> {
  return {
    session_id: job.sessionId,
    project_id: job.projectId,
    owner_id: job.ownerId,
    visibility: job.visibility,
    experiment_name: job.experimentName,
    tags: JSON.stringify(job.tags),
    notes: job.notes,
    framework: job.sent.framework,
    model_name: job.sent.modelName,
    task_type: job.sent.taskType,
    dataset_id: job.datasetId,
    dataset_path: job.datasetPath,
    dataset_format: job.datasetFormat,
    num_classes: job.sent.numClasses,
    classes: JSON.stringify(job.classes),
    epochs: job.sent.epochs,
    batch_size: job.sent.batchSize,
    learning_rate: job.sent.learningRate,
    advanced_config: job.sent.advancedConfig === null ? null : JSON.stringify(job.sent.advancedConfig),
    config: JSON.stringify(job.config),
    effective_config: JSON.stringify(job.effectiveConfig),
    warnings: JSON.stringify(job.warnings),
    engine: job.engine,
    priority: job.priority,
    status: "pending",
    primary_metric: job.primaryMetric,
    primary_metric_mode: job.primaryMetricMode,
    current_epoch: 0,
    best_metric: null,
    best_epoch: null,
    final_accuracy: null,
    error_message: null,
    error_code: null,
    traceback: null,
    snapshot: null,
    attempt: 0,
    restarts: 0,
    resume_from: null,
    begin_with: null,
    stop_requested: 0,
    callback_token: null,
    ticket: null,
    mlflow_run_id: null,
    run_facts: "{}",
    created_at: now,
    queued_at: null,
    started_at: null,
    completed_at: null,
    heard_at: null,
  };
}

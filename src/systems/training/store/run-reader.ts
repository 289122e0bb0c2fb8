import type { Database } from "../../../platform/db/database.ts";
import type { ValidationReport } from "../engine/port.ts";
import type { EpochFigures } from "../training-job.ts";
import type { TrainingTables } from "./tables.ts";

export interface StoredFigures extends EpochFigures {
  readonly id: number;
  readonly jobId: number;
  readonly createdAt: number;
}

export interface LogLine {
  readonly id: number;
  readonly jobId: number;
  readonly logType: string;
  readonly level: string;
  readonly message: string;
  readonly createdAt: number;
}

export interface StepFigures {
  readonly epoch: number;
  readonly step: number;
  readonly loss: number | null;
  readonly learningRate: number | null;
}

export interface StoredValidation {
  readonly id: number;
  readonly jobId: number;
  readonly epoch: number;
  readonly value: number | null;
  readonly loss: number | null;
  readonly report: ValidationReport;
  readonly imageCount: number;
  readonly createdAt: number;
}

export interface ValidatedImage {
  readonly id: number;
  readonly path: string;
  /** Of the frozen picture; null where it is not known. */
  readonly sha256: string | null;
  readonly trueLabel: number;
  readonly predictedLabel: number;
  readonly confidence: number;
  readonly isCorrect: boolean;
  readonly loss: number | null;
  readonly top: readonly (readonly [label: number, confidence: number])[];
}

export interface ImageFilter {
  readonly isCorrect?: boolean;
  readonly trueLabel?: number;
  readonly predictedLabel?: number;
  readonly sort: "id" | "confidence" | "loss";
}

/** Reads what runs have measured. */
export class RunReader {
  readonly #database: Database<TrainingTables>;

  constructor(database: Database<TrainingTables>) {
    this.#database = database;
  }

  /** The newest or oldest `limit` epochs, ascending. */
  async listFigures(jobId: number, limit: number, window: "newest" | "oldest"): Promise<StoredFigures[]> {
    const rows = await this.#database.reader
      .selectFrom("training_metrics")
      .selectAll()
      .where("job_id", "=", jobId)
      .orderBy("epoch", window === "newest" ? "desc" : "asc")
      .limit(limit)
      .execute();
    return rows
      .sort((a, b) => a.epoch - b.epoch)
      .map((row) => ({
        id: row.id,
        jobId: row.job_id,
        epoch: row.epoch,
        loss: row.loss,
        accuracy: row.accuracy,
        learningRate: row.learning_rate,
        extra: JSON.parse(row.extra) as Record<string, number>,
        createdAt: row.created_at,
      }));
  }

  /** Steps in order, every n-th so that at most `points` come back, the newest among them. */
  async listSteps(jobId: number, points: number): Promise<{ total: number; steps: StepFigures[] }> {
    const rows = await this.#database.reader
      .selectFrom("training_steps")
      .select(["epoch", "step", "loss", "learning_rate"])
      .where("job_id", "=", jobId)
      .orderBy("epoch")
      .orderBy("step")
      .execute();
    const stride = Math.max(1, Math.ceil(rows.length / points));
    const kept = rows.filter((_, index) => (rows.length - 1 - index) % stride === 0);
    return {
      total: rows.length,
      steps: kept.map((row) => ({
        epoch: row.epoch,
        step: row.step,
        loss: row.loss,
        learningRate: row.learning_rate,
      })),
    };
  }

  async lastStep(jobId: number): Promise<StepFigures | null> {
    const row = await this.#database.reader
      .selectFrom("training_steps")
      .selectAll()
      .where("job_id", "=", jobId)
      .orderBy("epoch", "desc")
      .orderBy("step", "desc")
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return null;
    return { epoch: row.epoch, step: row.step, loss: row.loss, learningRate: row.learning_rate };
  }

  /** Lines oldest first: the newest `limit`, those after a line, or the newest before one. */
  async listLogs(
    jobId: number,
    { limit, logType, after, before }: { limit: number; logType?: string; after?: number; before?: number },
  ): Promise<LogLine[]> {
    let query = this.#database.reader.selectFrom("training_logs").selectAll().where("job_id", "=", jobId);
    if (logType !== undefined) query = query.where("log_type", "=", logType);
    if (before !== undefined) query = query.where("id", "<", before);
    if (after !== undefined) query = query.where("id", ">", after);
    const rows = await query
      .orderBy("id", after === undefined ? "desc" : "asc")
      .limit(limit)
      .execute();
    return rows
      .sort((a, b) => a.id - b.id)
      .map((row) => ({
        id: row.id,
        jobId: row.job_id,
        logType: row.log_type,
        level: row.level,
        message: row.message,
        createdAt: row.created_at,
      }));
  }

  /** By epoch, the newest `limit`. */
  async listValidations(jobId: number, limit: number): Promise<StoredValidation[]> {
    const rows = await this.#database.reader
      .selectFrom("training_validations")
      .selectAll()
      .where("job_id", "=", jobId)
      .orderBy("epoch", "desc")
      .limit(limit)
      .execute();
    return rows.reverse().map(toValidation);
  }

  async findValidation(id: number): Promise<StoredValidation | null> {
    const row = await this.#database.reader
      .selectFrom("training_validations")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    return row === undefined ? null : toValidation(row);
  }

  async listImages(
    validationId: number,
    filter: ImageFilter,
    { skip, limit }: { skip: number; limit: number },
  ): Promise<{ images: ValidatedImage[]; total: number }> {
    let query = this.#database.reader
      .selectFrom("training_validation_images")
      .where("validation_id", "=", validationId);
    if (filter.isCorrect !== undefined) query = query.where("is_correct", "=", Number(filter.isCorrect));
    if (filter.trueLabel !== undefined) query = query.where("true_label", "=", filter.trueLabel);
    if (filter.predictedLabel !== undefined)
      query = query.where("predicted_label", "=", filter.predictedLabel);
    const { total } = await query
      .select((row) => row.fn.countAll<number>().as("total"))
      .executeTakeFirstOrThrow();
    const rows = await query
      .selectAll()
      .orderBy(filter.sort, (order) => (filter.sort === "loss" ? order.desc().nullsLast() : order.asc()))
      .orderBy("id")
      .offset(skip)
      .limit(limit)
      .execute();
    return { images: rows.map(toImage), total: Number(total) };
  }

  async findImage(validationId: number, imageId: number): Promise<ValidatedImage | null> {
    const row = await this.#database.reader
      .selectFrom("training_validation_images")
      .selectAll()
      .where("validation_id", "=", validationId)
      .where("id", "=", imageId)
      .executeTakeFirst();
    return row === undefined ? null : toImage(row);
  }
}

function toValidation(row: {
  id: number;
  job_id: number;
  epoch: number;
  value: number | null;
  loss: number | null;
  report: string;
  image_count: number;
  created_at: number;
}): StoredValidation {
  return {
    id: row.id,
    jobId: row.job_id,
    epoch: row.epoch,
    value: row.value,
    loss: row.loss,
    report: JSON.parse(row.report) as ValidationReport,
    imageCount: row.image_count,
    createdAt: row.created_at,
  };
}

function toImage(row: {
  id: number;
  path: string;
  sha256: string | null;
  true_label: number;
  predicted_label: number;
  confidence: number;
  is_correct: number;
  loss: number | null;
  top: string;
}): ValidatedImage {
  return {
    id: row.id,
    path: row.path,
    sha256: row.sha256,
    trueLabel: row.true_label,
    predictedLabel: row.predicted_label,
    confidence: row.confidence,
    isCorrect: row.is_correct !== 0,
    loss: row.loss,
    top: JSON.parse(row.top) as [number, number][],
  };
}

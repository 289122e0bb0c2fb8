import { type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { Database } from "../../../platform/db/database.ts";
import type { Checkpoint, TrainingJob } from "../training-job.ts";
import type { Viewer } from "../viewer.ts";
import { toCheckpoint, toTrainingJob } from "./job-rows.ts";
import type { TrainingTables } from "./tables.ts";

/** What a list is narrowed by; absent fields do not narrow. */
export interface JobFilter {
  readonly status?: string;
  readonly projectId?: number;
  readonly sessionId?: number;
  readonly framework?: string;
  readonly modelName?: string;
  readonly datasetId?: string;
  readonly search?: string;
}

export interface JobOrder {
  readonly by: "created_at" | "id" | "status" | "best_metric" | "priority";
  readonly direction: "asc" | "desc";
}

const OPEN_STATES = ["pending", "queued", "running"];

/** Reads jobs and their checkpoints. */
export class JobReader {
  readonly #database: Database<TrainingTables>;

  constructor(database: Database<TrainingTables>) {
    this.#database = database;
  }

  async findJob(id: number): Promise<TrainingJob | null> {
    const row = await this.#database.reader
      .selectFrom("training_jobs")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    return row === undefined ? null : toTrainingJob(row);
  }

  /** A page of what the viewer may see, and how many there are. */
  async listJobs(
    viewer: Viewer,
    filter: JobFilter,
    order: JobOrder,
    { skip, limit }: { skip: number; limit: number },
  ): Promise<{ jobs: TrainingJob[]; total: number }> {
    const query = this.#database.reader
      .selectFrom("training_jobs")
      .where((row) => narrowed(row, viewer, filter));
    const { total } = await query
      .select((row) => row.fn.countAll<number>().as("total"))
      .executeTakeFirstOrThrow();
    const rows = await query
      .selectAll()
      .orderBy(order.by, (by) => (order.direction === "asc" ? by.asc() : by.desc()).nullsLast())
      .orderBy("id", order.direction)
      .offset(skip)
      .limit(limit)
      .execute();
    return { jobs: rows.map(toTrainingJob), total: Number(total) };
  }

  /** Jobs that run, oldest first, and those that wait, in the order in which they leave the queue. */
  async queue(): Promise<{ running: TrainingJob[]; queued: TrainingJob[] }> {
    const rows = await this.#database.reader
      .selectFrom("training_jobs")
      .selectAll()
      .where("status", "in", ["running", "queued"])
      .orderBy("priority", "desc")
      .orderBy("queued_at")
      .orderBy("id")
      .execute();
    const jobs = rows.map(toTrainingJob);
    return {
      running: jobs.filter(({ status }) => status === "running"),
      queued: jobs.filter(({ status }) => status === "queued"),
    };
  }

  /** How many unfinished jobs a user has. */
  async countOpen(ownerId: number | null): Promise<number> {
    const { total } = await this.#database.reader
      .selectFrom("training_jobs")
      .select((row) => row.fn.countAll<number>().as("total"))
      .where("status", "in", OPEN_STATES)
      .where("owner_id", ownerId === null ? "is" : "=", ownerId)
      .executeTakeFirstOrThrow();
    return Number(total);
  }

  /** Whether a job that waits or runs was made for the dataset. */
  async isInUse(datasetId: string): Promise<number | null> {
    const row = await this.#database.reader
      .selectFrom("training_jobs")
      .select("id")
      .where("dataset_id", "=", datasetId)
      .where("status", "in", ["queued", "running"])
      .executeTakeFirst();
    return row?.id ?? null;
  }

  /** The job whose files lie under `outputs/...`; null where there is none. */
  async findJobByOutputDir(outputDir: string): Promise<TrainingJob | null> {
    const row = await this.#database.reader
      .selectFrom("training_jobs")
      .selectAll()
      .where("output_dir", "=", outputDir)
      .executeTakeFirst();
    return row === undefined ? null : toTrainingJob(row);
  }

  /** Newest first. */
  async listCheckpoints(jobId: number): Promise<Checkpoint[]> {
    const rows = await this.#database.reader
      .selectFrom("training_checkpoints")
      .selectAll()
      .where("job_id", "=", jobId)
      .orderBy("epoch", "desc")
      .orderBy("created_at", "desc")
      .execute();
    return rows.map(toCheckpoint);
  }

  /** Those of several jobs, by job. */
  async listCheckpointsOf(jobIds: readonly number[]): Promise<ReadonlyMap<number, Checkpoint[]>> {
    if (jobIds.length === 0) return new Map();
    const rows = await this.#database.reader
      .selectFrom("training_checkpoints")
      .selectAll()
      .where("job_id", "in", [...jobIds])
      .orderBy("epoch", "desc")
      .orderBy("created_at", "desc")
      .execute();
    return Map.groupBy(rows.map(toCheckpoint), ({ jobId }) => jobId);
  }

  /** The job and checkpoint whose file has this key; null where there is none. */
  async findCheckpointByPath(
    outputDir: string,
    name: string,
  ): Promise<{ job: TrainingJob; checkpoint: Checkpoint } | null> {
    const job = await this.findJobByOutputDir(outputDir);
    if (job === null) return null;
    const checkpoint = (await this.listCheckpoints(job.id)).find((candidate) => candidate.name === name);
    return checkpoint === undefined ? null : { job, checkpoint };
  }
}

type JobExpression = ExpressionBuilder<TrainingTables, "training_jobs">;

function narrowed(row: JobExpression, viewer: Viewer, filter: JobFilter) {
  const conditions = [
    viewer.seesAll
      ? null
      : row.or([row("visibility", "=", "public"), row("owner_id", "=", viewer.userId ?? -1)]),
    filter.status === undefined ? null : row("status", "=", filter.status),
    filter.projectId === undefined ? null : row("project_id", "=", filter.projectId),
    filter.sessionId === undefined ? null : row("session_id", "=", filter.sessionId),
    filter.framework === undefined ? null : row("framework", "=", filter.framework),
    filter.modelName === undefined ? null : row("model_name", "=", filter.modelName),
    filter.datasetId === undefined ? null : row("dataset_id", "=", filter.datasetId),
    filter.search === undefined
      ? null
      : sql<SqlBool>`lower(experiment_name) like ${likePattern(filter.search)} escape '\\'`,
  ];
  return row.and(conditions.filter((condition) => condition !== null));
}

/** Any text that holds the words, as both databases write letters small: ASCII's only. */
export function likePattern(words: string): string {
  const small = words.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return `%${small.replace(/[\\%_]/g, "\\$&")}%`;
}

import { type ExpressionBuilder, type Selectable, type SqlBool, sql } from "kysely";
import type { Database } from "../../../platform/db/database.ts";
import type { DatasetFacts, DatasetFile, DatasetRecord } from "../dataset-record.ts";
import type { Box } from "../datasets/manifest.ts";
import type { Viewer } from "../viewer.ts";
import { likePattern } from "./job-reader.ts";
import type { TrainingTables } from "./tables.ts";

export interface DatasetFilter {
  readonly projectId?: number;
  readonly format?: string;
  readonly taskType?: string;
  readonly search?: string;
  /** Only those with pictures. */
  readonly trainable?: boolean;
}

export interface Page {
  readonly skip: number;
  readonly limit: number;
}

const FILES_AT_ONCE = 5_000;

/** Reads datasets and their files. */
export class DatasetReader {
  readonly #database: Database<TrainingTables>;

  constructor(database: Database<TrainingTables>) {
    this.#database = database;
  }

  async findDataset(id: string): Promise<DatasetRecord | null> {
    const row = await this.#database.reader
      .selectFrom("training_datasets")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    return row === undefined ? null : toDataset(row);
  }

  /** What the viewer may see, newest first, and how many there are. */
  async listDatasets(
    viewer: Viewer,
    filter: DatasetFilter,
    { skip, limit }: Page,
  ): Promise<{ datasets: DatasetRecord[]; total: number }> {
    const query = this.#database.reader
      .selectFrom("training_datasets")
      .where((row) => narrowed(row, viewer, filter));
    const { total } = await query
      .select((row) => row.fn.countAll<number>().as("total"))
      .executeTakeFirstOrThrow();
    const rows = await query
      .selectAll()
      .orderBy("created_at", "desc")
      .orderBy("id", "desc")
      .offset(skip)
      .limit(limit)
      .execute();
    return { datasets: rows.map(toDataset), total: Number(total) };
  }

  /**
   * Every file, by path, page after page, so that others have their turns. O(files). Where the dataset is changed
   * meanwhile they are of no one revision: whoever writes what follows from them compares it.
   */
  async listFiles(datasetId: string): Promise<DatasetFile[]> {
    const files: DatasetFile[] = [];
    for (let after = ""; ; after = files.at(-1)!.path) {
      const rows = await this.#database.reader
        .selectFrom("training_files")
        .selectAll()
        .where("dataset_id", "=", datasetId)
        .where("path", ">", after)
        .orderBy("path")
        .limit(FILES_AT_ONCE)
        .execute();
      for (const row of rows) files.push(toFile(row));
      if (rows.length < FILES_AT_ONCE) return files;
    }
  }

  /** A page of its pictures, by path. */
  async listImages(
    datasetId: string,
    { split, label }: { split?: string; label?: number },
    { skip, limit }: Page,
  ): Promise<{ images: DatasetFile[]; total: number }> {
    let query = this.#database.reader
      .selectFrom("training_files")
      .where("dataset_id", "=", datasetId)
      .where("is_image", "=", 1);
    if (split !== undefined) query = query.where("split", "=", split);
    if (label !== undefined) query = query.where("label", "=", label);
    const { total } = await query
      .select((row) => row.fn.countAll<number>().as("total"))
      .executeTakeFirstOrThrow();
    const rows = await query.selectAll().orderBy("path").offset(skip).limit(limit).execute();
    return { images: rows.map(toFile), total: Number(total) };
  }

  async findFile(datasetId: string, path: string): Promise<DatasetFile | null> {
    const row = await this.#database.reader
      .selectFrom("training_files")
      .selectAll()
      .where("dataset_id", "=", datasetId)
      .where("path", "=", path)
      .executeTakeFirst();
    return row === undefined ? null : toFile(row);
  }

  /** Bytes of all datasets of a user. */
  async bytesOf(ownerId: number | null): Promise<number> {
    const { total } = await this.#database.reader
      .selectFrom("training_datasets")
      .select((row) => row.fn.sum<number | null>("total_bytes").as("total"))
      .where("owner_id", ownerId === null ? "is" : "=", ownerId)
      .executeTakeFirstOrThrow();
    return Number(total ?? 0);
  }
}

type DatasetExpression = ExpressionBuilder<TrainingTables, "training_datasets">;

function narrowed(row: DatasetExpression, viewer: Viewer, filter: DatasetFilter) {
  const conditions = [
    viewer.seesAll
      ? null
      : row.or([row("visibility", "=", "public"), row("owner_id", "=", viewer.userId ?? -1)]),
    filter.projectId === undefined ? null : row("project_id", "=", filter.projectId),
    filter.format === undefined ? null : row("format", "=", filter.format),
    filter.taskType === undefined ? null : row("task_type", "=", filter.taskType),
    filter.trainable ? row("image_count", ">", 0) : null,
    filter.search === undefined
      ? null
      : sql<SqlBool>`lower(name) like ${likePattern(filter.search)} escape '\\'`,
  ];
  return row.and(conditions.filter((condition) => condition !== null));
}

export function toDataset(row: Selectable<TrainingTables["training_datasets"]>): DatasetRecord {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    format: row.format,
    visibility: row.visibility as DatasetRecord["visibility"],
    projectId: row.project_id,
    ownerId: row.owner_id,
    taskType: row.task_type as DatasetRecord["taskType"],
    classes: JSON.parse(row.classes) as string[],
    facts: JSON.parse(row.facts) as DatasetFacts,
    fileCount: row.file_count,
    imageCount: row.image_count,
    totalBytes: row.total_bytes,
    problemCount: row.problem_count,
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toFile(row: Selectable<TrainingTables["training_files"]>): DatasetFile {
  return {
    path: row.path,
    sha256: row.sha256,
    bytes: row.bytes,
    isImage: row.is_image !== 0,
    width: row.width,
    height: row.height,
    look: row.look,
    problem: row.problem,
    split: row.split,
    label: row.label,
    boxes: row.boxes === null ? [] : (JSON.parse(row.boxes) as Box[]),
  };
}

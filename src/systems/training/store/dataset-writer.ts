import type { Transaction } from "kysely";
import type { Database } from "../../../platform/db/database.ts";
import type { DatasetFile, DatasetRecord } from "../dataset-record.ts";
import type { TrainingTables } from "./tables.ts";

type Tx = Transaction<TrainingTables>;

/** What follows from the files of a dataset. */
export type DatasetContent = Pick<
  DatasetRecord,
  "taskType" | "classes" | "facts" | "fileCount" | "imageCount" | "totalBytes" | "problemCount" | "updatedAt"
>;

/** Few enough that a statement stays below the databases' limits on parameters. */
const ROWS_AT_ONCE = 500;

/** Writes datasets, snapshots and what keeps blobs alive. Each method is one transaction. */
export class DatasetWriter {
  readonly #database: Database<TrainingTables>;

  constructor(database: Database<TrainingTables>) {
    this.#database = database;
  }

  async addDataset(dataset: DatasetRecord, files: readonly DatasetFile[]): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await tx
        .insertInto("training_datasets")
        .values({
          id: dataset.id,
          name: dataset.name,
          description: dataset.description,
          format: dataset.format,
          visibility: dataset.visibility,
          project_id: dataset.projectId,
          owner_id: dataset.ownerId,
          created_at: dataset.createdAt,
          revision: dataset.revision,
          ...contentColumns(dataset),
        })
        .execute();
      await putFiles(tx, dataset.id, files);
    });
  }

  /**
   * Writes changed files and what follows from all of them, if nobody has changed the dataset since `revision`.
   * @returns the hashes of files that were taken out; null when somebody has
   */
  async changeFiles(
    datasetId: string,
    revision: number,
    change: { readonly put: readonly DatasetFile[]; readonly remove: readonly string[] },
    content: DatasetContent,
  ): Promise<readonly string[] | null> {
    return this.#database.transaction(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable("training_datasets")
        .set({ ...contentColumns(content), revision: revision + 1 })
        .where("id", "=", datasetId)
        .where("revision", "=", revision)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return null;
      const gone: string[] = [];
      const replaced = [...change.remove, ...change.put.map(({ path }) => path)];
      for (let at = 0; at < replaced.length; at += ROWS_AT_ONCE) {
        const rows = await tx
          .deleteFrom("training_files")
          .where("dataset_id", "=", datasetId)
          .where("path", "in", replaced.slice(at, at + ROWS_AT_ONCE))
          .returning("sha256")
          .execute();
        gone.push(...rows.map(({ sha256 }) => sha256));
      }
      await putFiles(tx, datasetId, change.put);
      return gone;
    });
  }

  /** Deletes a dataset with its rows. @returns the hashes of its files; null when there is none */
  async deleteDataset(id: string): Promise<readonly string[] | null> {
    return this.#database.transaction(async (tx) => {
      const { numDeletedRows } = await tx
        .deleteFrom("training_datasets")
        .where("id", "=", id)
        .executeTakeFirst();
      if (numDeletedRows === 0n) return null;
      const rows = await tx
        .deleteFrom("training_files")
        .where("dataset_id", "=", id)
        .returning("sha256")
        .execute();
      return rows.map(({ sha256 }) => sha256);
    });
  }

  /** Keeps the blobs of a frozen dataset. Writing it again only renews it. */
  async addSnapshot(hash: string, blobs: readonly string[], imageCount: number, now: number): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await tx
        .insertInto("training_snapshots")
        .values({ hash, image_count: imageCount, created_at: now })
        .onConflict((conflict) => conflict.column("hash").doUpdateSet({ created_at: now }))
        .execute();
      const rows = [...new Set(blobs)].map((sha256) => ({ snapshot: hash, sha256 }));
      for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
        await tx
          .insertInto("training_snapshot_blobs")
          .values(rows.slice(at, at + ROWS_AT_ONCE))
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    });
  }

  /**
   * Lets a snapshot go that no job refers to and that was last frozen before a time: a start may be about to refer to a
   * younger one. @returns the hashes of its blobs; null while it may not
   */
  async releaseSnapshot(
    hash: string,
    frozenBefore: number = Number.MAX_SAFE_INTEGER,
  ): Promise<readonly string[] | null> {
    return this.#database.transaction(async (tx) => {
      const known = await tx
        .selectFrom("training_snapshots")
        .select("created_at")
        .where("hash", "=", hash)
        .forUpdate()
        .executeTakeFirst();
      if (known !== undefined && known.created_at >= frozenBefore) return null;
      const job = await tx
        .selectFrom("training_jobs")
        .select("id")
        .where("snapshot", "=", hash)
        .executeTakeFirst();
      if (job !== undefined) return null;
      await tx.deleteFrom("training_snapshots").where("hash", "=", hash).execute();
      const rows = await tx
        .deleteFrom("training_snapshot_blobs")
        .where("snapshot", "=", hash)
        .returning("sha256")
        .execute();
      return rows.map(({ sha256 }) => sha256);
    });
  }

  /** Snapshots that no job refers to. */
  async unusedSnapshots(): Promise<readonly string[]> {
    const rows = await this.#database.reader
      .selectFrom("training_snapshots")
      .select("hash")
      .where((row) =>
        row.not(
          row.exists(
            row
              .selectFrom("training_jobs")
              .select("training_jobs.id")
              .whereRef("training_jobs.snapshot", "=", "training_snapshots.hash"),
          ),
        ),
      )
      .execute();
    return rows.map(({ hash }) => hash);
  }

  /** Those of the hashes that neither a dataset nor a snapshot holds any more. */
  async unheld(hashes: readonly string[]): Promise<string[]> {
    const free: string[] = [];
    for (let at = 0; at < hashes.length; at += ROWS_AT_ONCE) {
      const asked = hashes.slice(at, at + ROWS_AT_ONCE);
      const { reader } = this.#database;
      const held = await reader
        .selectFrom("training_files")
        .select("sha256")
        .where("sha256", "in", asked)
        .union(reader.selectFrom("training_snapshot_blobs").select("sha256").where("sha256", "in", asked))
        .execute();
      const kept = new Set(held.map(({ sha256 }) => sha256));
      free.push(...asked.filter((hash) => !kept.has(hash)));
    }
    return free;
  }

  /** Whether a file belongs to a frozen dataset. */
  async holdsBlob(snapshot: string, sha256: string): Promise<boolean> {
    const row = await this.#database.reader
      .selectFrom("training_snapshot_blobs")
      .select("sha256")
      .where("snapshot", "=", snapshot)
      .where("sha256", "=", sha256)
      .executeTakeFirst();
    return row !== undefined;
  }

  async holdsSnapshot(hash: string): Promise<boolean> {
    const row = await this.#database.reader
      .selectFrom("training_snapshots")
      .select("hash")
      .where("hash", "=", hash)
      .executeTakeFirst();
    return row !== undefined;
  }
}

function contentColumns(content: DatasetContent) {
  return {
    task_type: content.taskType,
    classes: JSON.stringify(content.classes),
    facts: JSON.stringify(content.facts),
    file_count: content.fileCount,
    image_count: content.imageCount,
    total_bytes: content.totalBytes,
    problem_count: content.problemCount,
    updated_at: content.updatedAt,
  };
}

async function putFiles(tx: Tx, datasetId: string, files: readonly DatasetFile[]): Promise<void> {
  for (let at = 0; at < files.length; at += ROWS_AT_ONCE) {
    const rows = files.slice(at, at + ROWS_AT_ONCE).map((file) => ({
      dataset_id: datasetId,
      path: file.path,
      sha256: file.sha256,
      bytes: file.bytes,
      is_image: Number(file.isImage),
      width: file.width,
      height: file.height,
      look: file.look,
      problem: file.problem,
      split: file.split,
      label: file.label,
      boxes: file.boxes.length === 0 ? null : JSON.stringify(file.boxes),
    }));
    await tx.insertInto("training_files").values(rows).execute();
  }
}

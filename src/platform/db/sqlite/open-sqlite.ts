import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { Kysely, sql } from "kysely";
import { messageOf, QuatrainError } from "../../errors/quatrain-error.ts";
import type { EmbeddedDatabase } from "../database.ts";
import { KyselyDatabase } from "../kysely-database.ts";
import { snapshotSqlite } from "./snapshot-sqlite.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import { SqliteThread } from "./sqlite-thread-client.ts";

/** Each waits for readers as long as any statement does. */
const SCRUB_ATTEMPTS = 5;

export interface SqliteSettings {
  /** The database file; it and its folder are made where missing. */
  readonly path: string;
  /** Threads that only read, 1 or more. */
  readonly readers: number;
}

/**
 * Opens the embedded database: one writer thread and a few reader threads, so that neither an fsync nor an
 * aggregate stops the event loop. Only one process may write: hold the data folder's lock (platform/lifecycle).
 *
 * @throws QuatrainError `database_unreadable` (500) when the file is no SQLite database or cannot be opened
 */
export async function openSqlite({ path, readers }: SqliteSettings): Promise<EmbeddedDatabase> {
  await mkdir(dirname(path), { recursive: true });
  const writer = await openThread(path, false); // first: it makes the file and turns WAL on
  const readerThreads = await Promise.all(Array.from({ length: readers }, () => openThread(path, true)));
  return new SqliteDatabase(path, writer, readerThreads);
}

class SqliteDatabase extends KyselyDatabase implements EmbeddedDatabase {
  readonly #path: string;
  readonly #threads: readonly SqliteThread[];
  readonly #writer: Kysely<unknown>;

  constructor(path: string, writerThread: SqliteThread, readers: readonly SqliteThread[]) {
    const writer = new Kysely<unknown>({ dialect: sqliteDialect([writerThread]) });
    super({ dialect: "sqlite", writer, reader: new Kysely({ dialect: sqliteDialect(readers) }) });
    this.#path = path;
    this.#writer = writer;
    this.#threads = [...readers, writerThread];
  }

  override async close(): Promise<void> {
    await super.close();
    for (const thread of this.#threads) await thread.close(); // the writer last: it clears the write-ahead log
  }

  override async scrub(): Promise<void> {
    for (let attempt = 0; attempt < SCRUB_ATTEMPTS; attempt++) {
      // a reader in the middle of a statement keeps the log: SQLite waits for it, then says so
      const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(this.#writer);
      if (rows[0]?.busy === 0) return;
    }
    throw new QuatrainError(
      "What was deleted is still in the database's journal: it goes with its next checkpoint",
      {
        code: "journal_busy",
        status: 503,
      },
    );
  }

  snapshot(targetPath: string): Promise<void> {
    return snapshotSqlite(this.#path, targetPath);
  }
}

async function openThread(path: string, readOnly: boolean): Promise<SqliteThread> {
  try {
    return await SqliteThread.open({ path, readOnly });
  } catch (error) {
    throw new QuatrainError(
      `The database ${path} cannot be opened (${messageOf(error)}). ` +
        "Check that the file and its folder may be read and written, or restore a backup with `quatrain restore`.",
      { code: "database_unreadable", status: 500, cause: error },
    );
  }
}

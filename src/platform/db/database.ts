import type { Kysely, Transaction } from "kysely";

/** The two databases that every query must run on. */
export type DialectName = "sqlite" | "postgres";

/** A transaction whatever its tables: for rooms that write their own tables in their caller's transaction. */
export type AnyTransaction = Pick<Transaction<unknown>, "isTransaction">;

/**
 * One database behind two dialects. Reads go through `reader`; writes happen only inside `transaction`.
 *
 * `reader` refuses writes on both dialects and does not see what an open transaction has written yet: inside a
 * transaction read through `tx`.
 *
 * `transaction` resolves after the commit is durable (SQLite: WAL with synchronous=FULL; PostgreSQL: its default),
 * so whatever is acknowledged afterwards survives a kill. On SQLite transactions run one at a time, on one
 * writer thread; keep them short and do no other I/O inside. On PostgreSQL they run side by side (read committed):
 * what is read in order to be written is read with `.forUpdate()` (which SQLite leaves out), or the write is
 * conditional. A failed statement fails its whole transaction, on both dialects. A transaction inside a
 * transaction throws: pass `tx` down.
 *
 * A store declares its own tables and narrows with `database.as<InspectionTables>()`.
 */
export interface Database<Tables = unknown> {
  readonly dialect: DialectName;
  readonly reader: Kysely<Tables>;
  /** @throws DatabaseError when a statement fails (`kind` says how); QuatrainError `database_unavailable` (503) */
  transaction<Result>(work: (tx: Transaction<Tables>) => Promise<Result>): Promise<Result>;
  /**
   * Called inside a transaction: `hook` runs once its commit is durable, and never if it is rolled back.
   * A hook must not throw; it may begin a transaction of its own.
   */
  afterCommit(hook: () => void): void;
  /**
   * After a deletion that must be real: what was deleted is gone from the database's own journals too. SQLite: the
   * write-ahead log is emptied (rows themselves are overwritten as they are deleted). PostgreSQL: nothing to do here;
   * its log and its dead rows go with its own vacuum and archiving. Not inside a transaction.
   */
  scrub(): Promise<void>;
  as<Narrowed>(): Database<Narrowed>;
  /** Lets running statements and transactions end, refuses new ones, then closes. */
  close(): Promise<void>;
}

/** The embedded database can be copied while it is in use. */
export interface EmbeddedDatabase<Tables = unknown> extends Database<Tables> {
  /**
   * Writes a consistent, compact, durable copy of the database as of now to a new file.
   * @throws DatabaseError when `targetPath` exists or the disk is full
   */
  snapshot(targetPath: string): Promise<void>;
}

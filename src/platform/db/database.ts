import type { Kysely, Transaction } from "kysely";

/** The two databases that every query must run on. */
export type Dialect = "sqlite" | "postgres";

/**
 * One database behind two dialects. Reads go through `reader`; writes happen only inside `transaction`.
 *
 * `transaction` resolves after the commit is durable (SQLite: WAL with synchronous=FULL; PostgreSQL: its default),
 * so whatever is acknowledged afterwards survives a kill. On SQLite transactions run one at a time, on one
 * writer thread; keep them short and do no other I/O inside.
 *
 * A store declares its own tables and narrows with `database.as<InspectionTables>()`.
 */
export interface Database<Tables = unknown> {
  readonly dialect: Dialect;
  readonly reader: Kysely<Tables>;
  transaction<Result>(work: (tx: Transaction<Tables>) => Promise<Result>): Promise<Result>;
  as<Narrowed>(): Database<Narrowed>;
  close(): Promise<void>;
}

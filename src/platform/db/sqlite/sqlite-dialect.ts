import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  type SelectModifierNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { transactionFailed } from "../database-error.ts";
import { ExclusivePool } from "../exclusive-pool.ts";
import { checkPortable } from "../portable-values.ts";
import type { SqliteThread } from "./sqlite-thread-client.ts";

/** Kysely over database threads; each connection is one thread. */
export function sqliteDialect(threads: readonly SqliteThread[]): Dialect {
  return {
    createDriver: () => new ThreadDriver(threads),
    createQueryCompiler: () => new LocklessQueryCompiler(),
    createAdapter: () => new PooledSqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

class PooledSqliteAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true; // the driver's pool lends each connection to one borrower at a time
  }
}

class LocklessQueryCompiler extends SqliteQueryCompiler {
  /** Transactions run one at a time here, so `for update` is already true; SQLite has no words for it. */
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier !== "ForUpdate") super.visitSelectModifier(node);
  }
}

class ThreadDriver implements Driver {
  readonly #pool: ExclusivePool<ThreadConnection>;

  constructor(threads: readonly SqliteThread[]) {
    this.#pool = new ExclusivePool(threads.map((thread) => new ThreadConnection(thread)));
  }

  async init(): Promise<void> {}

  acquireConnection(): Promise<ThreadConnection> {
    return this.#pool.acquire();
  }

  async beginTransaction(connection: ThreadConnection): Promise<void> {
    await connection.begin();
  }

  async commitTransaction(connection: ThreadConnection): Promise<void> {
    await connection.commit();
  }

  async rollbackTransaction(connection: ThreadConnection): Promise<void> {
    await connection.rollback();
  }

  async releaseConnection(connection: ThreadConnection): Promise<void> {
    this.#pool.release(connection);
  }

  /** The threads belong to whoever opened them: kysely destroys no driver that it never used. */
  destroy(): Promise<void> {
    return this.#pool.close();
  }
}

class ThreadConnection implements DatabaseConnection {
  readonly thread: SqliteThread;
  #transaction: { failure: unknown } | null = null;

  constructor(thread: SqliteThread) {
    this.thread = thread;
  }

  async begin(): Promise<void> {
    await this.thread.run("begin immediate");
    this.#transaction = { failure: null };
  }

  async commit(): Promise<void> {
    const failure = this.#transaction?.failure;
    this.#transaction = null;
    if (failure) throw transactionFailed("commit", failure);
    await this.thread.run("commit");
  }

  async rollback(): Promise<void> {
    this.#transaction = null;
    await this.thread.rollback();
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const transaction = this.#transaction;
    if (transaction?.failure) throw transactionFailed(sql, transaction.failure);
    try {
      const { rows, changes } = await this.thread.run(sql, checkPortable(parameters));
      return { rows: rows as Row[], numAffectedRows: changes === null ? undefined : BigInt(changes) };
    } catch (error) {
      if (transaction) transaction.failure = error; // as PostgreSQL does: one failed statement fails them all
      throw error;
    }
  }

  // biome-ignore lint/correctness/useYield: the port has no streaming; whoever needs it pages by key
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error("rows are not streamed: read them in pages");
  }
}

import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from "kysely";
import type { Pool, PoolClient } from "pg";
import { transactionFailed } from "../database-error.ts";
import { checkPortable } from "../portable-values.ts";
import { postgresError, unreachable } from "./postgres-faults.ts";

/** Kysely over a `pg` pool; `sessionSql` is run once on every new connection. */
export function postgresDialect(pool: Pool, sessionSql: string): Dialect {
  return {
    createDriver: () => new PoolDriver(pool, sessionSql),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}

class PoolDriver implements Driver {
  readonly #pool: Pool;
  readonly #sessionSql: string;
  readonly #prepared = new WeakSet<PoolClient>();

  constructor(pool: Pool, sessionSql: string) {
    this.#pool = pool;
    this.#sessionSql = sessionSql;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PoolConnection> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw unreachable(error);
    });
    const connection = new PoolConnection(client);
    if (!this.#prepared.has(client)) await this.#prepare(client, connection);
    return connection;
  }

  async beginTransaction(connection: PoolConnection): Promise<void> {
    await connection.query("begin", []);
  }

  async commitTransaction(connection: PoolConnection): Promise<void> {
    const { command } = await connection.query("commit", []);
    // PostgreSQL answers a commit of a failed transaction with success and the word ROLLBACK
    if (command === "ROLLBACK") throw transactionFailed("commit", undefined);
  }

  async rollbackTransaction(connection: PoolConnection): Promise<void> {
    await connection.rollback();
  }

  async releaseConnection(connection: PoolConnection): Promise<void> {
    connection.release();
  }

  destroy(): Promise<void> {
    return this.#pool.end();
  }

  async #prepare(client: PoolClient, connection: PoolConnection): Promise<void> {
    try {
      await connection.query(this.#sessionSql, []);
    } catch (error) {
      client.release(true);
      throw error;
    }
    this.#prepared.add(client);
  }
}

class PoolConnection implements DatabaseConnection {
  readonly #client: PoolClient;
  #broken = false;
  readonly #onError = () => {
    this.#broken = true; // the server hung up between two statements; the next one reports it
  };

  constructor(client: PoolClient) {
    this.#client = client;
    client.on("error", this.#onError); // the pool listens only while a client is idle
  }

  async query(sql: string, parameters: readonly unknown[]) {
    try {
      return await this.#client.query<Record<string, unknown>>(sql, [...parameters]);
    } catch (error) {
      throw postgresError(error, sql);
    }
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, rowCount, command } = await this.query(sql, checkPortable(parameters));
    const affected = command !== "SELECT" && rowCount !== null ? BigInt(rowCount) : undefined;
    return { rows: (rows ?? []) as Row[], numAffectedRows: affected };
  }

  /** A connection that cannot even roll back is thrown away: the server then rolls back by itself. */
  async rollback(): Promise<void> {
    await this.query("rollback", []).catch(this.#onError);
  }

  release(): void {
    this.#client.off("error", this.#onError);
    this.#client.release(this.#broken);
  }

  // biome-ignore lint/correctness/useYield: the port has no streaming; whoever needs it pages by key
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error("rows are not streamed: read them in pages");
  }
}

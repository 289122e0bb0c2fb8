import { Kysely, sql } from "kysely";
import type { Pool } from "pg";
import { messageOf, QuatrainError } from "../../errors/quatrain-error.ts";
import type { Log } from "../../ports.ts";
import type { Database } from "../database.ts";
import { KyselyDatabase } from "../kysely-database.ts";
import { portableParser } from "./column-parsers.ts";
import { postgresDialect } from "./postgres-dialect.ts";

const OLDEST_SERVER = 15;
const CONNECT_TIMEOUT_MS = 10_000;
const SESSION = `
  set statement_timeout = '60s';
  set lock_timeout = '30s';
  set idle_in_transaction_session_timeout = '60s';
  set client_min_messages = warning;
`;

export interface PostgresSettings {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Connections altogether, 2 or more: half for reads and half for transactions, so neither starves the other. */
  readonly poolSize: number;
  readonly log: Log;
}

/**
 * Opens PostgreSQL (15 or later) and proves that it answers. `pg` is loaded here, not before.
 *
 * @throws QuatrainError `database_unavailable` (503) when it cannot be reached, `database_too_old` (500)
 */
export async function openPostgres({ url, poolSize, log }: PostgresSettings): Promise<Database> {
  const { default: pg } = await import("pg");
  const getTypeParser = ((oid: number, format?: "text") =>
    portableParser(oid) ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser;
  const makePool = (max: number): Pool => {
    const pool = new pg.Pool({
      connectionString: url,
      max,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      fallback_application_name: "quatrain",
      types: { getTypeParser },
    });
    pool.on("error", (error) =>
      log.warn({ reason: messageOf(error) }, "PostgreSQL closed an idle connection"),
    );
    return pool;
  };
  const readers = Math.max(1, Math.floor(poolSize / 2));
  const readOnly = `${SESSION} set default_transaction_read_only = on;`;
  const database = new KyselyDatabase({
    dialect: "postgres",
    reader: new Kysely({ dialect: postgresDialect(makePool(readers), readOnly) }),
    writer: new Kysely({ dialect: postgresDialect(makePool(Math.max(1, poolSize - readers)), SESSION) }),
  });
  await checkVersion(database).catch(async (error) => {
    await database.close();
    throw error;
  });
  return database;
}

async function checkVersion(database: Database): Promise<void> {
  const { rows } = await sql<{ version: number }>`
    select current_setting('server_version_num')::int / 10000 as version`.execute(database.reader);
  const version = rows[0]?.version ?? 0;
  if (version >= OLDEST_SERVER) return;
  throw new QuatrainError(`PostgreSQL ${version} is too old: Quatrain needs ${OLDEST_SERVER} or later.`, {
    code: "database_too_old",
    status: 500,
    details: { version },
  });
}

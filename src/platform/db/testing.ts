/** For tests only: a fresh database on every dialect that is at hand. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe } from "vitest";
import { silentLog } from "../telemetry/silent-log.ts";
import type { Database, DialectName } from "./database.ts";
import { openPostgres } from "./postgres/open-postgres.ts";
import { type Migration, migrate } from "./schema/migrate.ts";
import { openSqlite } from "./sqlite/open-sqlite.ts";

/** One test's own database. It is closed and removed after the test. */
export interface TestDatabase {
  readonly database: Database;
  /** For another process: a SQLite path or a PostgreSQL URL. */
  readonly address: string;
  /** The PostgreSQL schema that the test has for itself; null on SQLite. */
  readonly schema: string | null;
  /** One more connection to the same database; closed after the test. */
  reopen(): Promise<Database>;
}

export type OpenTestDatabase = (migrations?: readonly Migration[]) => Promise<TestDatabase>;

const POSTGRES_URL = process.env.TEST_DATABASE_URL ?? process.env.DATABASE_URL;

/**
 * A suite run once on SQLite and once on PostgreSQL (TEST_DATABASE_URL or DATABASE_URL; shown as skipped where
 * neither is set). `open` yields a fresh migrated database.
 */
export function describeEachDatabase(
  title: string,
  suite: (open: OpenTestDatabase, dialect: DialectName) => void,
) {
  describe(`${title} (sqlite)`, () => suite(opener(sqliteRoom), "sqlite"));
  describe.skipIf(!POSTGRES_URL)(`${title} (postgres)`, () => suite(opener(postgresRoom), "postgres"));
}

/** Where one test's database lives. */
interface Room {
  readonly address: string;
  readonly schema: string | null;
  open(): Promise<Database>;
  remove(): Promise<void>;
}

function opener(makeRoom: () => Promise<Room>): OpenTestDatabase {
  const cleanups: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
  return async (migrations = []) => {
    const room = await makeRoom();
    cleanups.push(() => room.remove());
    const reopen = async () => {
      const database = await room.open();
      cleanups.push(() => database.close());
      return database;
    };
    const database = await reopen();
    if (migrations.length > 0) await migrate(database, migrations);
    return { database, address: room.address, schema: room.schema, reopen };
  };
}

async function sqliteRoom(): Promise<Room> {
  const folder = await mkdtemp(join(tmpdir(), "quatrain-db-"));
  const path = join(folder, "test.db");
  return {
    address: path,
    schema: null,
    open: () => openSqlite({ path, readers: 1 }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function postgresRoom(): Promise<Room> {
  const { default: pg } = await import("pg");
  const schema = `test_${randomBytes(6).toString("hex")}`;
  const asOwner = async (statement: string) => {
    const client = new pg.Client({ connectionString: POSTGRES_URL });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await asOwner(`create schema ${schema}`);
  const url = new URL(POSTGRES_URL ?? "");
  url.searchParams.set("options", `-c search_path=${schema}`);
  return {
    address: url.href,
    schema,
    open: () => openPostgres({ url: url.href, poolSize: 4, log: silentLog }),
    remove: () => asOwner(`drop schema ${schema} cascade`),
  };
}

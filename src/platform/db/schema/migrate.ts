import { sql, type Transaction } from "kysely";
import { QuatrainError } from "../../errors/quatrain-error.ts";
import type { Database } from "../database.ts";
import { SchemaKit } from "./schema-kit.ts";

/** One forward step of the schema, the same for both dialects. Never edited once released: add another. */
export interface Migration {
  /** `room/0001-what`, for example `inspection/0003-datasets`; recorded in the database for good. */
  readonly id: string;
  up(schema: SchemaKit): Promise<void>;
}

interface MigrationTables {
  migrations: { id: string; applied_at: number };
}

/** "Quatrain" in a 31 bit nutshell: the key of PostgreSQL's advisory lock. */
const LOCK_KEY = 1_903_520_114;

/**
 * Brings a database to what the program knows: each missing migration in the given order, in a transaction of
 * its own together with its record, one process at a time.
 *
 * Give the migrations of every room and system, mounted or not: a recorded one that is not among them means that
 * a newer program has been here.
 *
 * @returns the ids that were applied now
 * @throws QuatrainError `database_newer` (500) naming the unknown migrations; nothing is changed
 */
export async function migrate(
  database: Pick<Database, "dialect" | "as">,
  migrations: readonly Migration[],
  now: () => number = Date.now,
): Promise<string[]> {
  checkIds(migrations);
  const { dialect } = database;
  const own = database.as<MigrationTables>();
  const applied: string[] = [];
  await own.transaction(async (tx) => {
    await lock(tx, dialect);
    await tx.schema
      .createTable("migrations")
      .ifNotExists()
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("applied_at", dialect === "sqlite" ? "integer" : "bigint", (column) => column.notNull())
      .execute();
    refuseNewer(await recordedIds(tx), migrations);
  });
  for (const migration of migrations) {
    await own.transaction(async (tx) => {
      await lock(tx, dialect);
      if ((await recordedIds(tx)).has(migration.id)) return;
      await migration.up(new SchemaKit(tx as Transaction<unknown>, dialect));
      await tx.insertInto("migrations").values({ id: migration.id, applied_at: now() }).execute();
      applied.push(migration.id);
    });
  }
  return applied;
}

/** Held to the end of the transaction. SQLite's writer is alone anyway. */
async function lock(tx: Transaction<MigrationTables>, dialect: Database["dialect"]): Promise<void> {
  if (dialect === "sqlite") return;
  await sql`set local statement_timeout = 0`.execute(tx);
  await sql`set local lock_timeout = 0`.execute(tx);
  await sql`select pg_advisory_xact_lock(${sql.lit(LOCK_KEY)})`.execute(tx);
}

async function recordedIds(tx: Transaction<MigrationTables>): Promise<Set<string>> {
  const rows = await tx.selectFrom("migrations").select("id").execute();
  return new Set(rows.map(({ id }) => id));
}

function refuseNewer(recorded: ReadonlySet<string>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ id }) => id));
  const unknown = [...recorded].filter((id) => !known.has(id)).sort();
  if (unknown.length === 0) return;
  throw new QuatrainError(
    `The database was written by a newer Quatrain (unknown migrations: ${unknown.join(", ")}). ` +
      "Run that version or a later one, or restore a backup that was made with this one.",
    { code: "database_newer", status: 500, details: { unknown } },
  );
}

function checkIds(migrations: readonly Migration[]): void {
  const seen = new Set<string>();
  for (const { id } of migrations) {
    if (seen.has(id)) throw new Error(`two migrations are called ${id}`);
    seen.add(id);
  }
}

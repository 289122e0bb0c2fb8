import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import type { Database } from "../../src/platform/db/database.ts";
import { openPostgres } from "../../src/platform/db/postgres/open-postgres.ts";
import { openSqlite } from "../../src/platform/db/sqlite/open-sqlite.ts";
import { silentLog } from "../../src/platform/telemetry/silent-log.ts";

/** A database to measure on, and how to be rid of it. */
export interface BenchPlace {
  readonly name: "sqlite" | "postgres";
  readonly database: Database;
  readonly url: string;
  readonly schema: string | null;
  remove(): Promise<void>;
}

/** SQLite in a temporary folder and, where TEST_DATABASE_URL is set, a schema of its own on PostgreSQL. */
export async function openPlaces(): Promise<BenchPlace[]> {
  const url = process.env.TEST_DATABASE_URL;
  return url === undefined ? [await sqlitePlace()] : [await sqlitePlace(), await postgresPlace(url)];
}

async function sqlitePlace(): Promise<BenchPlace> {
  const folder = await mkdtemp(join(tmpdir(), "quatrain-bench-"));
  const path = join(folder, "bench.db");
  const database = await openSqlite({ path, readers: 2 });
  const remove = async () => {
    await database.close();
    await rm(folder, { recursive: true });
  };
  return { name: "sqlite", database, url: path, schema: null, remove };
}

async function postgresPlace(server: string): Promise<BenchPlace> {
  const schema = `bench_${process.pid}`;
  const url = new URL(server);
  url.searchParams.set("options", `-c search_path=${schema}`);
  const database = await openPostgres({ url: url.href, poolSize: 10, log: silentLog });
  await database.transaction((tx) => sql`create schema ${sql.ref(schema)}`.execute(tx));
  const remove = async () => {
    await database.transaction((tx) => sql`drop schema ${sql.ref(schema)} cascade`.execute(tx));
    await database.close();
  };
  return { name: "postgres", database, url: url.href, schema, remove };
}

/** `p50 0.12 ms, p95 0.31 ms` of durations in milliseconds. */
export function percentiles(durationsMs: readonly number[]): string {
  const sorted = [...durationsMs].sort((a, b) => a - b);
  const at = (fraction: number) => sorted[Math.floor(fraction * (sorted.length - 1))] ?? Number.NaN;
  return `p50 ${at(0.5).toFixed(2)} ms, p95 ${at(0.95).toFixed(2)} ms`;
}

/** Runs `work` one after the other and times each. */
export async function timeEach(count: number, work: (index: number) => Promise<unknown>): Promise<number[]> {
  const durationsMs: number[] = [];
  for (let index = 0; index < count; index++) {
    const begun = performance.now();
    await work(index);
    durationsMs.push(performance.now() - begun);
  }
  return durationsMs;
}

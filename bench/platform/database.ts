/**
 * Durable commits a second and the latency of reads through the database port, beside bare node:sqlite.
 *   node bench/platform/database.ts
 *   .ci/postgres.sh node bench/platform/database.ts     PostgreSQL too (that throwaway cluster never fsyncs)
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Database } from "../../src/platform/db/database.ts";
import { integer, text } from "../../src/platform/db/schema/columns.ts";
import { migrate } from "../../src/platform/db/schema/migrate.ts";
import { openPlaces, percentiles, timeEach } from "./place.ts";

const COMMITS = 1000;
const READS = 2000;
const CALLERS = 8;

interface Tables {
  note: { id: number; words: string };
}

const NOTES = {
  id: "bench/0001-notes",
  up: (schema: Parameters<Parameters<typeof migrate>[1][number]["up"]>[0]) =>
    schema.createTable("note", { id: integer().primaryKey(), words: text() }),
};

async function measure(name: string, database: Database<Tables>): Promise<void> {
  const commit = (id: number) =>
    database.transaction((tx) =>
      tx
        .insertInto("note")
        .values({ id, words: `note ${id}` })
        .execute(),
    );
  const read = (id: number) =>
    database.reader
      .selectFrom("note")
      .selectAll()
      .where("id", "=", id % COMMITS)
      .executeTakeFirst();

  const alone = await timeEach(COMMITS, commit);
  report(name, "durable commits, one caller", alone, alone.length / (sum(alone) / 1000));

  const begun = performance.now();
  let next = COMMITS;
  const callers = Array.from({ length: CALLERS }, () => timeEach(COMMITS / CALLERS, () => commit(next++)));
  const together = (await Promise.all(callers)).flat();
  report(
    name,
    `durable commits, ${CALLERS} callers`,
    together,
    together.length / ((performance.now() - begun) / 1000),
  );

  report(name, "one row by its key", await timeEach(READS, read));
  const writing = timeEach(COMMITS / 2, () => commit(next++));
  report(name, "the same while another caller commits", await timeEach(READS / 4, read));
  await writing;
}

/** The floor: the same statements on the main thread, which stands still meanwhile. */
async function measureBare(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "quatrain-bench-"));
  const bare = new DatabaseSync(join(folder, "bare.db"));
  bare.exec(
    "pragma journal_mode = wal; pragma synchronous = full; create table note (id integer primary key, words text)",
  );
  const insert = bare.prepare("insert into note values (?, ?)");
  const commits = await timeEach(COMMITS, async (id) => {
    bare.exec("begin immediate");
    insert.run(id, `note ${id}`);
    bare.exec("commit");
  });
  report("bare node:sqlite", "durable commits, one caller", commits, commits.length / (sum(commits) / 1000));
  const select = bare.prepare("select * from note where id = ?");
  report(
    "bare node:sqlite",
    "one row by its key",
    await timeEach(READS, async (id) => select.get(id % COMMITS)),
  );
  bare.close();
  await rm(folder, { recursive: true });
}

function report(name: string, what: string, durationsMs: readonly number[], perSecond?: number): void {
  const rate = perSecond === undefined ? "" : `${Math.round(perSecond)}/s, `;
  console.log(`${name.padEnd(17)} ${what.padEnd(38)} ${rate}${percentiles(durationsMs)}`);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

await measureBare();
for (const { name, database, remove } of await openPlaces()) {
  await migrate(database, [NOTES]);
  await measure(name, database.as<Tables>());
  await remove();
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EmbeddedDatabase } from "../database.ts";
import { openSqlite } from "./open-sqlite.ts";

describe("openSqlite", () => {
  let folder: string;
  let opened: EmbeddedDatabase[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "quatrain-sqlite-"));
    opened = [];
  });

  afterEach(async () => {
    for (const database of opened) await database.close();
    await rm(folder, { recursive: true });
  });

  async function open(name: string): Promise<EmbeddedDatabase> {
    const database = await openSqlite({ path: join(folder, name), readers: 1 });
    opened.push(database);
    return database;
  }

  async function count(database: EmbeddedDatabase): Promise<number | undefined> {
    const { rows } = await sql<{ n: number }>`select count(*) as n from t`.execute(database.reader);
    return rows[0]?.n;
  }

  test("writes ahead, syncs fully and checks foreign keys", async () => {
    const database = await open("made/on/the/way/a.db");
    const settings = await database.transaction(async (tx) => {
      const { rows } =
        await sql`select * from pragma_journal_mode, pragma_synchronous, pragma_foreign_keys`.execute(tx);
      return rows[0];
    });
    expect(settings).toEqual({ journal_mode: "wal", synchronous: 2, foreign_keys: 1 });
  });

  test("says which file is no database and what to do", async () => {
    await writeFile(join(folder, "bad.db"), "this is a letter, not a database. ".repeat(100));
    await expect(open("bad.db")).rejects.toMatchObject({
      code: "database_unreadable",
      message: expect.stringMatching(/bad\.db.*restore/s),
    });
  });

  test("the event loop turns while a statement runs", async () => {
    const database = await open("a.db");
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const counting = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000000)
      select count(*) from n`.execute(database.reader);
    await counting.finally(() => clearInterval(timer));
    expect(turns).toBeGreaterThan(0);
  });

  test("what was acknowledged outlives a kill -9 in the middle of commits, and nothing is torn", async () => {
    const path = join(folder, "killed.db");
    const code = `import { sql } from "kysely";
      import { openSqlite } from ${JSON.stringify(new URL("./open-sqlite.ts", import.meta.url).href)};
      const database = await openSqlite({ path: process.argv[1], readers: 1 });
      await database.transaction((tx) => sql\`create table t (a integer)\`.execute(tx));
      for (let n = 1; ; n++) {
        await database.transaction(async (tx) => {
          await sql\`insert into t values (\${n})\`.execute(tx);
          await sql\`insert into t values (\${-n})\`.execute(tx);
        });
        process.send(n);
      }`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", code, path], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    let acknowledged = 0;
    child.on("message", (n: number) => {
      acknowledged = n;
      if (n === 200) child.kill("SIGKILL");
    });
    await once(child, "exit");
    const database = await open("killed.db");
    const { rows } = await sql<{ pairs: number; sum: number; check: string }>`
      select count(*) / 2 as pairs, sum(a) as sum, (select integrity_check from pragma_integrity_check) as "check" from t
    `.execute(database.reader);
    expect(rows[0]).toEqual({ pairs: expect.any(Number), sum: 0, check: "ok" });
    expect(rows[0]?.pairs).toBeGreaterThanOrEqual(acknowledged);
    expect(acknowledged).toBeGreaterThanOrEqual(200);
  });

  test("a snapshot is a whole database as of one moment, taken while writes go on", async () => {
    const database = await open("a.db");
    await database.transaction(async (tx) => {
      await sql`create table t (a integer)`.execute(tx);
      await sql`insert into t values (1), (2)`.execute(tx);
    });
    const target = join(folder, "copy.db");
    const add = () => database.transaction((tx) => sql`insert into t values (3), (4)`.execute(tx));
    await Promise.all([database.snapshot(target), add(), add()]);
    const copied = await count(await open("copy.db"));
    expect([2, 4, 6]).toContain(copied);
    expect(await count(database)).toBe(6);
    await expect(database.snapshot(target)).rejects.toThrow(/exists/);
  });

  test("what was deleted is in neither file after a scrub", async () => {
    const database = await open("secret.db");
    const secret = "xylophone-quartz";
    await database.transaction(async (tx) => {
      await sql`create table t (a text)`.execute(tx);
      await sql`insert into t values (${secret})`.execute(tx);
    });
    const onDisk = async () => {
      const files = await Promise.all(
        ["secret.db", "secret.db-wal"].map((name) => readFile(join(folder, name))),
      );
      return files.some((bytes) => bytes.includes(secret));
    };
    expect(await onDisk()).toBe(true);
    await database.transaction((tx) => sql`delete from t`.execute(tx));
    await database.scrub();
    expect(await onDisk()).toBe(false);
  });
});

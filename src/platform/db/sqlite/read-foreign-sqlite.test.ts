import { copyFile, mkdir, mkdtemp, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ForeignDatabase, readForeignSqlite } from "./read-foreign-sqlite.ts";

describe("another program's SQLite file", () => {
  let folder: string;
  let opened: { close(): void }[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "quatrain-foreign-"));
    opened = [];
  });

  afterEach(async () => {
    for (const one of opened.reverse()) one.close();
    await rm(folder, { recursive: true });
  });

  function made(name: string, sql: string): DatabaseSync {
    const database = new DatabaseSync(join(folder, name));
    database.exec(sql);
    return database;
  }

  function write(name: string, sql: string): string {
    made(name, sql).close();
    return join(folder, name);
  }

  function read(path: string): ForeignDatabase {
    const database = readForeignSqlite(path, { busyTimeoutMs: 10 });
    opened.push(database);
    return database;
  }

  function rowsOf(database: ForeignDatabase, table: string, columns: readonly string[], pageSize = 2) {
    return [...database.pages(table, columns, pageSize)];
  }

  test("lists its tables with columns and rows: no views, no tables of SQLite's own", () => {
    const path = write(
      "a.db",
      `create table casos (id integer primary key autoincrement, "título ""x""" text);
       insert into casos ("título ""x""") values ('a'), ('b');
       create table empty (a, b as (a + 1));
       create view v as select 1;`,
    );
    expect(read(path).tables).toEqual([
      { name: "casos", columns: ["id", 'título "x"'], rows: 2 },
      { name: "empty", columns: ["a", "b"], rows: 0 },
    ]);
  });

  test("yields rows in pages, in the order of the columns that were asked for", () => {
    const path = write(
      "a.db",
      `create table t (a, b, "or der"); insert into t values (1, 'x', null), (2.5, 'é', x'00ff'), (9007199254740993, '', -7);`,
    );
    expect(rowsOf(read(path), "t", ["or der", "a"])).toEqual([
      [
        [null, 1],
        [new Uint8Array([0, 255]), 2.5],
      ],
      [[-7, "9007199254740993"]],
    ]);
  });

  test("pages tables without a row id, and such as hide it", () => {
    const path = write(
      "a.db",
      `create table keyed (a text primary key, b) without rowid; insert into keyed values ('c', 1), ('a', 2), ('b', 3);
       create table hiding (rowid, oid, _rowid_); insert into hiding values (5, 1, 1), (5, 2, 1), (5, 3, 1), (5, 4, 1);`,
    );
    const database = read(path);
    expect(rowsOf(database, "keyed", ["a", "b"])).toEqual([
      [
        ["a", 2],
        ["b", 3],
      ],
      [["c", 1]],
    ]);
    expect(rowsOf(database, "hiding", ["oid"]).flat(2)).toEqual([1, 2, 3, 4]);
  });

  test("lets the other program write between two pages", () => {
    const writer = made("a.db", "create table t (a); insert into t values (1), (2), (3)");
    opened.push(writer);
    const seen: unknown[] = [];
    for (const page of read(join(folder, "a.db")).pages("t", ["a"], 2)) {
      seen.push(...page.flat());
      if (seen.length === 2) writer.exec("insert into t values (4); delete from t where a = 1");
    }
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  test("leaves no file beside one in write-ahead mode, and reads a log that is there", async () => {
    const writer = made("a.db", "pragma journal_mode = wal; create table t (a); insert into t values (1)");
    expect(read(join(folder, "a.db")).tables[0]?.rows).toBe(1); // still in the log
    for (const one of opened.splice(0)) one.close();
    writer.close();
    await mkdir(join(folder, "b #?"));
    await copyFile(join(folder, "a.db"), join(folder, "b #?", "a.db"));
    expect(read(join(folder, "b #?", "a.db")).tables[0]?.rows).toBe(1);
    expect(await readdir(join(folder, "b #?"))).toEqual(["a.db"]);
  });

  test("says in words what is wrong with a file", async () => {
    const path = join(folder, "bad.db");
    const fault = () => {
      try {
        return rowsOf(read(path), "t", ["a"]);
      } catch (error) {
        return error;
      }
    };
    expect(fault()).toMatchObject({ code: "no_such_file", status: 400, message: `There is no ${path}` });
    await writeFile(path, "");
    expect(fault()).toMatchObject({ code: "not_a_database", message: expect.stringContaining("is empty") });
    await writeFile(path, "a letter, not a database. ".repeat(500));
    expect(fault()).toMatchObject({ code: "not_a_database", message: expect.stringContaining("encrypted") });
    await writeFile(path, Buffer.from("SQLite format 3\0 and then nothing of use".repeat(200)));
    expect(fault()).toMatchObject({ code: "foreign_database_damaged" });
    await rm(path);
    write("bad.db", `create table t (a); ${"insert into t values (randomblob(3000));".repeat(100)}`);
    await truncate(path, Math.floor((await stat(path)).size / 2));
    expect(fault()).toMatchObject({ code: "foreign_database_damaged", status: 400 });
    expect(() => readForeignSqlite(folder)).toThrow("is not a file");
  });

  test("says when another program has it locked, or left it half written", async () => {
    const writer = made(
      "a.db",
      `pragma cache_size = 2; create table t (a); insert into t values (randomblob(5000)); begin;
       ${"update t set a = randomblob(5000); insert into t select a from t;".repeat(6)}`,
    );
    opened.push(writer);
    for (const end of ["", "-journal"])
      await copyFile(join(folder, `a.db${end}`), join(folder, `b.db${end}`));
    const fault = (name: string) => {
      try {
        return read(join(folder, name));
      } catch (error) {
        return error;
      }
    };
    expect(fault("b.db")).toMatchObject({ code: "foreign_database_unfinished" });
    expect(fault("a.db")).toMatchObject({ code: "foreign_database_busy" });
  });
});

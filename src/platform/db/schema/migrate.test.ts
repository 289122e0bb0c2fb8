import { sql } from "kysely";
import { expect, test } from "vitest";
import { describeEachDatabase } from "../testing.ts";
import { integer, text } from "./columns.ts";
import { type Migration, migrate } from "./migrate.ts";

const FIRST: Migration = {
  id: "test/0001-box",
  up: (schema) => schema.createTable("box", { id: text().primaryKey(), size: integer() }),
};

const SECOND: Migration = {
  id: "test/0002-colour",
  async up(schema) {
    await schema.addColumn("box", "colour", text().default("grey"));
    await schema.createIndex("box", ["colour", "size desc"]);
    await schema.run(sql`update box set colour = 'brown' where size > 1`);
  },
};

const BROKEN: Migration = {
  id: "test/0003-broken",
  async up(schema) {
    await schema.createTable("half", { id: text().primaryKey() });
    await schema.run(sql`insert into nowhere values (1)`);
  },
};

interface Tables {
  box: { id: string; size: number; colour?: string };
  migrations: { id: string; applied_at: number };
}

describeEachDatabase("migrate", (open) => {
  test("applies what is missing, in order, and keeps the rows", async () => {
    const database = (await open()).database.as<Tables>();
    expect(await migrate(database, [FIRST])).toEqual([FIRST.id]);
    await database.transaction((tx) =>
      tx
        .insertInto("box")
        .values([
          { id: "a", size: 1 },
          { id: "b", size: 2 },
        ])
        .execute(),
    );
    expect(await migrate(database, [FIRST, SECOND], () => 42)).toEqual([SECOND.id]);
    expect(await migrate(database, [FIRST, SECOND])).toEqual([]);
    expect(await database.reader.selectFrom("box").selectAll().orderBy("id").execute()).toEqual([
      { id: "a", size: 1, colour: "grey" },
      { id: "b", size: 2, colour: "brown" },
    ]);
    const recorded = await database.reader.selectFrom("migrations").selectAll().orderBy("id").execute();
    expect(recorded[1]).toEqual({ id: SECOND.id, applied_at: 42 });
  });

  test("leaves nothing of a migration that fails, and can be run again", async () => {
    const { database } = await open();
    await expect(migrate(database, [FIRST, BROKEN])).rejects.toThrow(/nowhere/);
    await expect(sql`select * from half`.execute(database.reader)).rejects.toThrow(/half/);
    expect(await migrate(database, [FIRST, SECOND])).toEqual([SECOND.id]);
  });

  test("refuses a database that a newer program has migrated, and changes nothing", async () => {
    const { database } = await open([FIRST, SECOND]);
    await expect(migrate(database, [FIRST])).rejects.toMatchObject({
      code: "database_newer",
      details: { unknown: [SECOND.id] },
    });
  });

  test("two processes that migrate at once apply each migration once", async () => {
    const { database, reopen } = await open();
    const other = await reopen();
    const applied = await Promise.all([migrate(database, [FIRST, SECOND]), migrate(other, [FIRST, SECOND])]);
    expect(applied.flat().sort()).toEqual([FIRST.id, SECOND.id]);
  });

  test("refuses two migrations of one name", async () => {
    const { database } = await open();
    await expect(migrate(database, [FIRST, FIRST])).rejects.toThrow(/two migrations/);
  });
});

import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Database } from "./database.ts";
import { DatabaseError, isFault } from "./database-error.ts";
import { blob, integer, real, serial, text } from "./schema/columns.ts";
import type { Migration } from "./schema/migrate.ts";
import { describeEachDatabase } from "./testing.ts";

interface Tables {
  part: {
    id: string;
    position: number | null;
    weight: number | null;
    photo: Uint8Array | null;
    maker: string | null;
  };
  maker: { name: string };
  entry: { number?: number; words: string };
}

const PARTS: Migration = {
  id: "test/0001-parts",
  async up(schema) {
    await schema.createTable("maker", { name: text().primaryKey() });
    await schema.createTable("part", {
      id: text().primaryKey(),
      position: integer().nullable(),
      weight: real().nullable(),
      photo: blob().nullable(),
      maker: text().nullable().references("maker", "name", "cascade"),
    });
    await schema.createTable("entry", { number: serial(), words: text().unique() });
  },
};

const EMPTY = { position: null, weight: null, photo: null, maker: null };

describeEachDatabase("Database", (open) => {
  const openParts = async () => (await open([PARTS])).database.as<Tables>();
  const insertPart = (database: Database<Tables>, part: Partial<Tables["part"]> & { id: string }) =>
    database.transaction((tx) =>
      tx
        .insertInto("part")
        .values({ ...EMPTY, ...part })
        .execute(),
    );
  const ids = async (database: Database<Tables>) =>
    (await database.reader.selectFrom("part").select("id").orderBy("id").execute()).map(({ id }) => id);

  test("yields integers and reals as number, blobs as Uint8Array and null as null", async () => {
    const database = await openParts();
    const whole = {
      id: "a",
      position: 2 ** 53 - 1,
      weight: 3,
      photo: new Uint8Array([0, 255, 7]),
      maker: null,
    };
    await insertPart(database, whole);
    await insertPart(database, { id: "b", position: -5, weight: 0.1 + 0.2 });
    const rows = await database.reader.selectFrom("part").selectAll().orderBy("id").execute();
    expect(rows).toEqual([whole, { id: "b", position: -5, weight: 0.1 + 0.2, photo: null, maker: null }]);
    expect(rows[0]?.photo?.constructor).toBe(Uint8Array);
  });

  test("counts, sums and averages are numbers", async () => {
    const database = await openParts();
    await insertPart(database, { id: "a", position: 1 });
    await insertPart(database, { id: "b", position: 4 });
    const row = await database.reader
      .selectFrom("part")
      .select(({ fn }) => [
        fn.countAll<number>().as("count"),
        fn.sum<number>("position").as("sum"),
        fn.avg<number>("position").as("mean"),
      ])
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ count: 2, sum: 5, mean: 2.5 });
  });

  test("divides whole numbers as whole numbers", async () => {
    const database = await openParts();
    await insertPart(database, { id: "a", position: 7 });
    const row = await database.reader
      .selectFrom("part")
      .select(({ eb }) => eb("position", "/", 2).as("half"))
      .executeTakeFirstOrThrow();
    expect(row.half).toBe(3);
  });

  test("refuses what only one dialect could store", async () => {
    const database = await openParts();
    const foreign = [
      true,
      new Date(0),
      { a: 1 },
      Number.NaN,
      Number.POSITIVE_INFINITY,
      2n ** 53n + 1n,
      undefined,
    ];
    for (const value of foreign) {
      const query = sql`select ${value} as value`.execute(database.reader);
      await expect(query).rejects.toThrow(/not portable/);
    }
    await expect(insertPart(database, { id: "a\u0000b" })).rejects.toMatchObject({ code: "invalid_text" });
    await expect(insertPart(database, { id: "a", position: 2 ** 53 })).rejects.toThrow(DatabaseError);
    await expect(insertPart(database, { id: "a", position: 1.5 })).rejects.toMatchObject({ fault: "type" });
    expect(await ids(database)).toEqual([]);
  });

  test("sorts text by its bytes and tells case apart", async () => {
    const database = await openParts();
    for (const id of ["b", "B", "a", "é", "_"]) await insertPart(database, { id });
    expect(await ids(database)).toEqual(["B", "_", "a", "b", "é"]);
    const found = await database.reader.selectFrom("part").select("id").where("id", "like", "b%").execute();
    expect(found).toEqual([{ id: "b" }]);
  });

  test("numbers rows in the order of insertion", async () => {
    const database = await openParts();
    const inserted = await database.transaction((tx) =>
      tx
        .insertInto("entry")
        .values([{ words: "one" }, { words: "two" }])
        .returning("number")
        .execute(),
    );
    expect(inserted).toEqual([{ number: 1 }, { number: 2 }]);
  });

  test("says how many rows a statement changed", async () => {
    const database = await openParts();
    await insertPart(database, { id: "a" });
    await insertPart(database, { id: "b" });
    const result = await database.transaction((tx) =>
      tx.updateTable("part").set({ weight: 1 }).executeTakeFirst(),
    );
    expect(result.numUpdatedRows).toBe(2n);
  });

  test("names the fault and the SQL of a failed statement, not its parameters", async () => {
    const database = await openParts();
    await insertPart(database, { id: "secret" });
    const twice = await insertPart(database, { id: "secret" }).catch((error: unknown) => error);
    expect(isFault(twice, "unique")).toBe(true);
    expect(String(twice)).toContain('insert into "part"');
    expect(String(twice)).not.toContain("secret");
    const orphan = await insertPart(database, { id: "x", maker: "nobody" }).catch((error: unknown) => error);
    expect(isFault(orphan, "foreign_key")).toBe(true);
    await expect(sql`select * from nowhere`.execute(database.reader)).rejects.toThrow(/nowhere/);
  });

  test("deletes what refers to a deleted row where the column says cascade", async () => {
    const database = await openParts();
    await database.transaction(async (tx) => {
      await tx.insertInto("maker").values({ name: "m" }).execute();
      await tx
        .insertInto("part")
        .values({ ...EMPTY, id: "a", maker: "m" })
        .execute();
    });
    await database.transaction((tx) => tx.deleteFrom("maker").execute());
    expect(await ids(database)).toEqual([]);
  });

  test("the reader refuses to write", async () => {
    const database = await openParts();
    const write = database.reader.insertInto("maker").values({ name: "m" }).execute();
    await expect(write).rejects.toMatchObject({ fault: "read_only" });
  });

  test("a transaction that throws leaves nothing behind", async () => {
    const database = await openParts();
    const work = database.transaction(async (tx) => {
      await tx
        .insertInto("part")
        .values({ ...EMPTY, id: "a" })
        .execute();
      throw new Error("changed my mind");
    });
    await expect(work).rejects.toThrow("changed my mind");
    expect(await ids(database)).toEqual([]);
  });

  test("a failed statement fails the whole transaction even where its error is caught", async () => {
    const database = await openParts();
    await insertPart(database, { id: "a" });
    const add = (id: string) => ({ ...EMPTY, id });
    const work = database.transaction(async (tx) => {
      await tx.insertInto("part").values(add("b")).execute();
      await tx
        .insertInto("part")
        .values(add("a"))
        .execute()
        .catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ fault: "transaction_failed" });
    expect(await ids(database)).toEqual(["a"]);
    await insertPart(database, { id: "c" });
    expect(await ids(database)).toEqual(["a", "c"]);
  });

  test("concurrent read-modify-write transactions lose no update", async () => {
    const database = await openParts();
    await insertPart(database, { id: "a", position: 0 });
    const increment = () =>
      database.transaction(async (tx) => {
        const { position } = await tx
          .selectFrom("part")
          .select("position")
          .where("id", "=", "a")
          .forUpdate()
          .executeTakeFirstOrThrow();
        await tx
          .updateTable("part")
          .set({ position: (position ?? 0) + 1 })
          .execute();
      });
    await Promise.all(Array.from({ length: 20 }, increment));
    expect(await database.reader.selectFrom("part").select("position").execute()).toEqual([{ position: 20 }]);
  });

  test("a transaction inside a transaction is refused instead of waiting for itself", async () => {
    const database = await openParts();
    const nested = database.transaction(() => database.transaction(async () => undefined));
    await expect(nested).rejects.toThrow(/pass tx down/);
  });

  test("afterCommit runs after the commit, may begin a transaction, and never runs after a rollback", async () => {
    const database = await openParts();
    const seen: string[] = [];
    let followUp: Promise<unknown> = Promise.resolve();
    await database.transaction(async (tx) => {
      database.afterCommit(() => {
        seen.push("committed");
        followUp = insertPart(database, { id: "after" });
      });
      await tx
        .insertInto("part")
        .values({ ...EMPTY, id: "a" })
        .execute();
      seen.push("written");
    });
    await followUp;
    await database
      .transaction(async () => {
        database.afterCommit(() => seen.push("never"));
        throw new Error("rolled back");
      })
      .catch(() => undefined);
    expect(seen).toEqual(["written", "committed"]);
    expect(await ids(database)).toEqual(["a", "after"]);
    expect(() => database.afterCommit(() => undefined)).toThrow(/inside a transaction/);
  });

  test("close lets running transactions end and refuses new ones", async () => {
    const { database: first, reopen } = await open([PARTS]);
    const database = (await reopen()).as<Tables>();
    let inside: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      inside = resolve;
    });
    let closing: Promise<void> = Promise.resolve();
    const work = database.transaction(async (tx) => {
      await tx
        .insertInto("part")
        .values({ ...EMPTY, id: "a" })
        .execute();
      closing = database.close();
      inside();
      await tx
        .insertInto("part")
        .values({ ...EMPTY, id: "b" })
        .execute();
    });
    await begun;
    await work;
    await closing;
    expect(await ids(first.as<Tables>())).toEqual(["a", "b"]);
    await expect(insertPart(database, { id: "c" })).rejects.toThrow();
  });
});

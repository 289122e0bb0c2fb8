import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { silentLog } from "../../telemetry/silent-log.ts";
import { describeEachDatabase } from "../testing.ts";
import { openPostgres } from "./open-postgres.ts";

describe("openPostgres", () => {
  test("says what to check when nothing answers", async () => {
    const opening = openPostgres({
      url: "postgres://x:secret@127.0.0.1:1/none",
      poolSize: 2,
      log: silentLog,
    });
    const error = await opening.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "database_unavailable", status: 503 });
    expect(String(error)).toContain("DATABASE_URL");
    expect(JSON.stringify(error)).not.toContain("secret");
  });
});

describeEachDatabase("PostgreSQL connections", (open, dialect) => {
  test.runIf(dialect === "postgres")("one that the server ends is replaced", async () => {
    const { database, reopen } = await open();
    const other = await reopen();
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(database.reader);
    await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0})`.execute(other.reader);
    const answer = () =>
      sql<{ one: number }>`select 1 as one`.execute(database.reader).then(
        (result) => result.rows[0]?.one,
        () => "lost",
      );
    await expect.poll(answer).toBe(1);
  });

  test.runIf(dialect === "postgres")(
    "one that the server ends inside a transaction fails only that one",
    async () => {
      const { database, reopen } = await open();
      const other = await reopen();
      const work = database.transaction(async (tx) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
        await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0})`.execute(other.reader);
        await sql`select 1`.execute(tx);
      });
      await expect(work).rejects.toThrow(/connection|terminat/);
      await database.transaction((tx) => sql`select 1`.execute(tx));
    },
  );
});

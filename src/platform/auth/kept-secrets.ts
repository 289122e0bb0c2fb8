import { randomBytes } from "node:crypto";
import { Secret } from "../config/secret.ts";
import type { Database } from "../db/database.ts";
import type { AuthTables } from "./tables.ts";

/** A random secret kept in the database, so that every process of it signs alike and a restart voids nothing. */
export async function keptSecret(database: Database<AuthTables>, name: string): Promise<Secret> {
  return database.transaction(async (tx) => {
    await tx
      .insertInto("platform_secrets")
      .values({ name, value: randomBytes(32).toString("base64url") })
      .onConflict((conflict) => conflict.column("name").doNothing())
      .execute();
    const row = await tx
      .selectFrom("platform_secrets")
      .select("value")
      .where("name", "=", name)
      .executeTakeFirstOrThrow();
    return new Secret(row.value);
  });
}

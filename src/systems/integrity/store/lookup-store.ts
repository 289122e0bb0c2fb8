import type { Database } from "../../../platform/db/database.ts";
import type { IntegrityTables } from "./tables.ts";

/** What a register of references said, kept so that it is not asked twice. */
export class LookupStore {
  readonly #database: Database<IntegrityTables>;

  constructor(database: Database<IntegrityTables>) {
    this.#database = database;
  }

  /** JSON as it was put, unless it is older than `since` (milliseconds UTC); null where there is none. */
  async get(key: string, since: number): Promise<string | null> {
    const row = await this.#database.reader
      .selectFrom("integrity_lookups")
      .select("outcome")
      .where("key", "=", key)
      .where("checked_at", ">=", since)
      .executeTakeFirst();
    return row?.outcome ?? null;
  }

  async put(key: string, outcome: string, now: number): Promise<void> {
    await this.#database.transaction((tx) =>
      tx
        .insertInto("integrity_lookups")
        .values({ key, outcome, checked_at: now })
        .onConflict((conflict) => conflict.column("key").doUpdateSet({ outcome, checked_at: now }))
        .execute(),
    );
  }
}

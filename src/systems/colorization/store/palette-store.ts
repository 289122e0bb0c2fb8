import type { Transaction } from "kysely";
import type { Exemplar } from "../../../algorithms/colouring/port.ts";
import type { Database } from "../../../platform/db/database.ts";
import type { ColorizationTables } from "./tables.ts";

/** Reads palettes; they are written with the page that changes them. */
export class PaletteStore {
  readonly #database: Database<ColorizationTables>;

  constructor(database: Database<ColorizationTables>) {
    this.#database = database;
  }

  /** What a chapter has settled on. */
  async find(chapterId: string): Promise<readonly Exemplar[]> {
    const row = await this.#database.reader
      .selectFrom("colorization_palettes")
      .selectAll()
      .where("chapter_id", "=", chapterId)
      .executeTakeFirst();
    return row === undefined ? [] : (JSON.parse(row.exemplars) as Exemplar[]);
  }

  async delete(chapterId: string): Promise<void> {
    await this.#database.transaction((tx) =>
      tx.deleteFrom("colorization_palettes").where("chapter_id", "=", chapterId).execute(),
    );
  }
}

export async function putExemplars(
  tx: Transaction<ColorizationTables>,
  chapterId: string,
  exemplars: readonly Exemplar[],
  now: number,
): Promise<void> {
  const values = { exemplars: JSON.stringify(exemplars), updated_at: now };
  await tx
    .insertInto("colorization_palettes")
    .values({ chapter_id: chapterId, ...values })
    .onConflict((conflict) => conflict.column("chapter_id").doUpdateSet(values))
    .execute();
}

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

  /** What the pages of a job have settled on so far. */
  async find(jobId: string): Promise<readonly Exemplar[]> {
    const row = await this.#database.reader
      .selectFrom("colorization_palettes")
      .select("exemplars")
      .where("chapter_id", "=", jobId)
      .executeTakeFirst();
    return exemplarsIn(row);
  }

  /** What the newest job of a chapter that has settled on anything has. */
  async findOfChapter(chapterId: string): Promise<readonly Exemplar[]> {
    const row = await this.#database.reader
      .selectFrom("colorization_palettes")
      .innerJoin("colorization_jobs", "colorization_jobs.id", "colorization_palettes.chapter_id")
      .select("colorization_palettes.exemplars")
      .where("colorization_jobs.chapter_id", "=", chapterId)
      .orderBy("colorization_jobs.sequence", "desc")
      .limit(1)
      .executeTakeFirst();
    return exemplarsIn(row);
  }
}

function exemplarsIn(row: { exemplars: string } | undefined): readonly Exemplar[] {
  return row === undefined ? [] : (JSON.parse(row.exemplars) as Exemplar[]);
}

export async function putExemplars(
  tx: Transaction<ColorizationTables>,
  jobId: string,
  exemplars: readonly Exemplar[],
  now: number,
): Promise<void> {
  const values = { exemplars: JSON.stringify(exemplars), updated_at: now };
  await tx
    .insertInto("colorization_palettes")
    .values({ chapter_id: jobId, ...values })
    .onConflict((conflict) => conflict.column("chapter_id").doUpdateSet(values))
    .execute();
}

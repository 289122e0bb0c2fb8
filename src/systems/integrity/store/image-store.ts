import type { Transaction } from "kysely";
import type { Database } from "../../../platform/db/database.ts";
import type { IntegrityTables } from "./tables.ts";

/** A picture inside an analysed file. */
export interface NewImage {
  readonly sha256: string;
  /** 16 hexadecimal digits; null for a picture without features. */
  readonly phash: string | null;
}

/** A stored picture that may be the same. */
export interface StoredImage extends NewImage {
  readonly caseId: string;
}

const MOST_FOUND = 500;

export async function addImages(
  tx: Transaction<IntegrityTables>,
  caseId: string,
  images: readonly NewImage[],
): Promise<void> {
  for (const { sha256, phash } of images) {
    const [first, second, third, fourth] = phash === null ? [] : quartersOf(phash);
    await tx
      .insertInto("integrity_images")
      .values({
        case_id: caseId,
        sha256,
        phash,
        quarter_0: first ?? null,
        quarter_1: second ?? null,
        quarter_2: third ?? null,
        quarter_3: fourth ?? null,
      })
      .execute();
  }
}

/** Finds pictures of stored cases that may be the same. */
export class ImageReader {
  readonly #database: Database<IntegrityTables>;

  constructor(database: Database<IntegrityTables>) {
    this.#database = database;
  }

  /**
   * Pictures with the same bytes, or whose hash agrees in at least one quarter up to one bit: every picture within a
   * distance of 7 bits does, by the pigeonhole principle. The caller compares whole hashes.
   */
  async near({ sha256, phash }: NewImage): Promise<StoredImage[]> {
    const quarters = phash === null ? [] : quartersOf(phash);
    const rows = await this.#database.reader
      .selectFrom("integrity_images")
      .select(["case_id", "sha256", "phash"])
      .where((row) =>
        row.or([
          row("sha256", "=", sha256),
          ...quarters.map((quarter, index) => row(QUARTERS[index]!, "in", withinOneBit(quarter))),
        ]),
      )
      .limit(MOST_FOUND)
      .execute();
    return rows.map((row) => ({ caseId: row.case_id, sha256: row.sha256, phash: row.phash }));
  }
}

const QUARTERS = ["quarter_0", "quarter_1", "quarter_2", "quarter_3"] as const;

function quartersOf(phash: string): number[] {
  return [0, 4, 8, 12].map((at) => Number.parseInt(phash.slice(at, at + 4), 16));
}

function withinOneBit(quarter: number): number[] {
  return [quarter, ...Array.from({ length: 16 }, (_, bit) => quarter ^ (1 << bit))];
}

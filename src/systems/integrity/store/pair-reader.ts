import type { Database } from "../../../platform/db/database.ts";
import type { IntegrityTables } from "./tables.ts";

/** Two documents that share passages. */
export interface PairRecord {
  readonly caseId: string;
  readonly caseTitle: string | null;
  readonly caseAuthor: string | null;
  readonly otherKind: "case" | "source" | "template";
  readonly otherId: string;
  readonly otherTitle: string | null;
  readonly otherAuthor: string | null;
  readonly matchedWords: number;
  /** 0..1 of the case's words. */
  readonly share: number;
  readonly document: number;
}

/** Reads pairs, page by page in the order of their keys. */
export class PairReader {
  readonly #database: Database<IntegrityTables>;

  constructor(database: Database<IntegrityTables>) {
    this.#database = database;
  }

  /** `minShare` is 0..1 of the case's words. */
  async pairs(
    minShare: number,
    after: { caseId: string; document: number } | null,
    limit: number,
  ): Promise<PairRecord[]> {
    let query = this.#database.reader
      .selectFrom("integrity_pairs as p")
      .innerJoin("integrity_cases as c", "c.id", "p.case_id")
      .innerJoin("integrity_documents as d", "d.id", "p.document")
      .leftJoin("integrity_cases as o", "o.id", "d.owner_id")
      .leftJoin("integrity_sources as s", "s.id", "d.owner_id")
      .select(["p.case_id", "p.document", "p.matched_words", "p.share", "c.title", "c.author"])
      .select(["d.kind", "d.owner_id", "o.title as case_title", "o.author as case_author"])
      .select(["s.title as source_title", "s.author as source_author"])
      .where("p.share", ">=", Math.round(minShare * 1e6));
    if (after !== null) {
      query = query
        .where("p.case_id", ">=", after.caseId)
        .where((row) =>
          row.or([row("p.case_id", ">", after.caseId), row("p.document", ">", after.document)]),
        );
    }
    const rows = await query.orderBy("p.case_id").orderBy("p.document").limit(limit).execute();
    return rows.map((row) => ({
      caseId: row.case_id,
      caseTitle: row.title,
      caseAuthor: row.author,
      otherKind: row.kind,
      otherId: row.owner_id,
      otherTitle: row.case_title ?? row.source_title,
      otherAuthor: row.case_author ?? row.source_author,
      matchedWords: row.matched_words,
      share: row.share / 1e6,
      document: row.document,
    }));
  }
}

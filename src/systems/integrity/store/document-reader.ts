import { sql } from "kysely";
import type { Database } from "../../../platform/db/database.ts";
import { unpackKeys, unpackText } from "./packed.ts";
import type { IntegrityTables } from "./tables.ts";

/** A hash that more documents than this have is template text, or a phrase that everybody uses. */
export const COMMON_FROM = 100;

/** Hashes looked up in one statement; padded to a few sizes, so that few statements are prepared. */
const LOOK_UP = 512;
const PAD_TO = 64;

/** A document that may share passages. */
export interface Candidate {
  readonly document: number;
  /** Hashes that it has in common with what was asked, each counted by its rarity. */
  readonly weight: number;
}

export interface Candidates {
  /** Largest weight first. */
  readonly found: readonly Candidate[];
  /** Hashes that turned out to be everybody's. */
  readonly common: readonly number[];
}

/** A document to compare with. */
export interface StoredDocument {
  readonly document: number;
  readonly kind: "case" | "source" | "template";
  readonly ownerId: string;
  readonly authorKey: string | null;
  readonly words: number;
  readonly fingerprints: Uint8Array;
  /** Deflated; null where texts are not kept. */
  readonly packedText: Uint8Array | null;
}

/** What a document is called, for those who look at a finding. */
export interface DocumentName {
  readonly document: number;
  readonly kind: "case" | "source";
  readonly id: string;
  readonly title: string | null;
  readonly author: string | null;
  readonly authorKey: string | null;
}

/** Reads what is compared with. */
export class DocumentReader {
  readonly #database: Database<IntegrityTables>;

  constructor(database: Database<IntegrityTables>) {
    this.#database = database;
  }

  /** The `limit` documents that have most, or the rarest, of these hashes. `keys` are ascending, without the common ones. */
  async findCandidates(keys: readonly number[], limit: number): Promise<Candidates> {
    const weights = new Map<number, number>();
    const common: number[] = [];
    for (let at = 0; at < keys.length; at += LOOK_UP) {
      const hashes = padded(keys.slice(at, at + LOOK_UP));
      const [rows, frequent] = await Promise.all([
        this.#sharing(hashes, keys.length > LOOK_UP ? limit * 8 : limit),
        this.#frequent(hashes),
      ]);
      for (const { document, weight } of rows) weights.set(document, (weights.get(document) ?? 0) + weight);
      common.push(...frequent);
    }
    const found = [...weights]
      .map(([document, weight]) => ({ document, weight }))
      .sort((a, b) => b.weight - a.weight || b.document - a.document)
      .slice(0, limit);
    return { found, common };
  }

  /** A hash counts the more, the fewer documents have it: short passages stand out against chance that way. */
  async #sharing(hashes: readonly number[], limit: number): Promise<Candidate[]> {
    const { rows } = await sql<{ document: number; weight: number }>`
      select p.document, sum(1.0 / f.documents) as weight
      from integrity_postings p
      join (
        select hash, count(*) as documents from integrity_postings
        where hash in (${sql.join(hashes)}) group by hash
      ) f on f.hash = p.hash
      where p.hash in (${sql.join(hashes)})
      group by p.document order by weight desc, p.document desc limit ${limit}`.execute(
      this.#database.reader,
    );
    return rows.map(({ document, weight }) => ({ document, weight: Number(weight) }));
  }

  /** Hashes of these that turn out to be everybody's. */
  async frequentAmong(keys: readonly number[]): Promise<number[]> {
    const frequent: number[] = [];
    for (let at = 0; at < keys.length; at += LOOK_UP) {
      frequent.push(...(await this.#frequent(padded(keys.slice(at, at + LOOK_UP)))));
    }
    return frequent;
  }

  async #frequent(hashes: readonly number[]): Promise<number[]> {
    const rows = await this.#database.reader
      .selectFrom("integrity_postings")
      .select("hash")
      .where("hash", "in", hashes)
      .groupBy("hash")
      .having(sql`count(*)`, ">", COMMON_FROM)
      .execute();
    return rows.map(({ hash }) => hash);
  }

  /** Those of the hashes that are everybody's. */
  async commonAmong(keys: readonly number[]): Promise<Set<number>> {
    const common = new Set<number>();
    for (let at = 0; at < keys.length; at += LOOK_UP) {
      const rows = await this.#database.reader
        .selectFrom("integrity_common_hashes")
        .select("hash")
        .where("hash", "in", padded(keys.slice(at, at + LOOK_UP)))
        .execute();
      for (const { hash } of rows) common.add(hash);
    }
    return common;
  }

  async documents(numbers: readonly number[]): Promise<StoredDocument[]> {
    if (numbers.length === 0) return [];
    const rows = await this.#database.reader
      .selectFrom("integrity_documents")
      .select(["id", "kind", "owner_id", "author_key", "words", "fingerprints", "text"])
      .where("id", "in", numbers)
      .execute();
    return rows.map((row) => ({
      document: row.id,
      kind: row.kind,
      ownerId: row.owner_id,
      authorKey: row.author_key,
      words: row.words,
      fingerprints: row.fingerprints,
      packedText: row.text,
    }));
  }

  /** Documents that were declared templates, newest first. */
  async templates(limit: number): Promise<number[]> {
    const rows = await this.#database.reader
      .selectFrom("integrity_sources")
      .innerJoin("integrity_documents", "integrity_documents.owner_id", "integrity_sources.id")
      .select("integrity_documents.id")
      .where("integrity_sources.kind", "=", "template")
      .orderBy("integrity_sources.created_at", "desc")
      .limit(limit)
      .execute();
    return rows.map(({ id }) => id);
  }

  /** Other cases of an author whose text is kept, newest first, without the case itself. */
  async earlierTexts(author: string, before: number, limit: number): Promise<string[]> {
    const rows = await this.#database.reader
      .selectFrom("integrity_cases")
      .innerJoin("integrity_documents", "integrity_documents.owner_id", "integrity_cases.id")
      .select("integrity_documents.text")
      .where("integrity_cases.author_key", "=", author)
      .where("integrity_cases.analyzed_at", "<", before)
      .where("integrity_documents.text", "is not", null)
      .orderBy("integrity_cases.analyzed_at", "desc")
      .limit(limit)
      .execute();
    return rows.map(({ text }) => unpackText(text!));
  }

  /** The hashes that find a case's or a source's document; null where there is none. */
  async keysOf(ownerId: string): Promise<Uint32Array | null> {
    const row = await this.#database.reader
      .selectFrom("integrity_documents")
      .select("keys")
      .where("owner_id", "=", ownerId)
      .executeTakeFirst();
    return row === undefined ? null : unpackKeys(row.keys);
  }

  /** Whether the text of a case or source can be read. */
  async keepsText(ownerId: string): Promise<boolean> {
    const row = await this.#database.reader
      .selectFrom("integrity_documents")
      .select("id")
      .where("owner_id", "=", ownerId)
      .where("text", "is not", null)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** The text of a case or source; null where it is not kept. */
  async textOf(ownerId: string): Promise<string | null> {
    const row = await this.#database.reader
      .selectFrom("integrity_documents")
      .select("text")
      .where("owner_id", "=", ownerId)
      .executeTakeFirst();
    return row?.text ? unpackText(row.text) : null;
  }

  /** Names of documents that still exist, by their number. */
  async namesOf(numbers: readonly number[]): Promise<Map<number, DocumentName>> {
    if (numbers.length === 0) return new Map();
    const rows = await this.#database.reader
      .selectFrom("integrity_documents as d")
      .leftJoin("integrity_cases as c", "c.id", "d.owner_id")
      .leftJoin("integrity_sources as s", "s.id", "d.owner_id")
      .select([
        "d.id",
        "d.kind",
        "d.owner_id",
        "d.author_key",
        "c.title as case_title",
        "c.author as case_author",
      ])
      .select(["s.title as source_title", "s.author as source_author"])
      .where("d.id", "in", numbers)
      .execute();
    return new Map(
      rows.map((row) => [
        row.id,
        {
          document: row.id,
          kind: row.kind === "case" ? "case" : "source",
          id: row.owner_id,
          title: row.case_title ?? row.source_title,
          author: row.case_author ?? row.source_author,
          authorKey: row.author_key,
        },
      ]),
    );
  }
}

/** Repeats the last hash up to the next size: it finds nothing twice. */
function padded(hashes: readonly number[]): readonly number[] {
  const last = hashes.at(-1) ?? 0;
  const missing = (PAD_TO - (hashes.length % PAD_TO)) % PAD_TO;
  return [...hashes, ...new Array<number>(missing).fill(last)];
}

import { sql } from "kysely";
import type { Database } from "../../../platform/db/database.ts";
import type { AuditEvent } from "../audit-chain.ts";
import { appendAudit } from "./append-audit.ts";
import { addDocument, markCommon, type NewDocument, removeDocument } from "./document-writer.ts";
import type { IntegrityTables } from "./tables.ts";

/** A text to compare with that is no case. */
export interface SourceRecord {
  readonly id: string;
  readonly kind: "source" | "template";
  readonly title: string | null;
  readonly author: string | null;
  readonly url: string | null;
  /** Code points. */
  readonly textLength: number;
  /** Milliseconds UTC. */
  readonly createdAt: number;
}

export interface NewSource {
  readonly record: SourceRecord;
  readonly document: NewDocument;
  readonly common: ReadonlySet<number>;
  readonly newlyCommon: readonly number[];
}

/** Sources: written, read and deleted. */
export class SourceStore {
  readonly #database: Database<IntegrityTables>;

  constructor(database: Database<IntegrityTables>) {
    this.#database = database;
  }

  /** All of them or none. */
  async addSources(sources: readonly NewSource[], actor: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      for (const { record, document, common, newlyCommon } of sources) {
        await tx
          .insertInto("integrity_sources")
          .values({
            id: record.id,
            kind: record.kind,
            title: record.title,
            author: record.author,
            url: record.url,
            text_length: record.textLength,
            created_at: record.createdAt,
          })
          .execute();
        await addDocument(tx, document, common);
        await markCommon(tx, newlyCommon, record.createdAt);
        const event = { actor, action: "source.added", subject: record.id, details: { kind: record.kind } };
        await appendAudit(tx, event, record.createdAt);
      }
    });
  }

  /** False when there is no such source. */
  async deleteSource(id: string, event: AuditEvent, now: number): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const { numDeletedRows } = await tx
        .deleteFrom("integrity_sources")
        .where("id", "=", id)
        .executeTakeFirst();
      if (numDeletedRows === 0n) return false;
      await removeDocument(tx, id);
      await appendAudit(tx, event, now);
      return true;
    });
  }

  async findSource(id: string): Promise<SourceRecord | null> {
    const row = await this.#database.reader
      .selectFrom("integrity_sources")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    return row === undefined ? null : toRecord(row);
  }

  async countSources(): Promise<number> {
    const row = await this.#database.reader
      .selectFrom("integrity_sources")
      .select(sql<number>`count(*)`.as("sources"))
      .executeTakeFirstOrThrow();
    return Number(row.sources);
  }

  /** Newest first; `after` is the place of the last one of the page before. */
  async listSources(limit: number, after: { createdAt: number; id: string } | null): Promise<SourceRecord[]> {
    if (limit === 0) return [];
    let query = this.#database.reader.selectFrom("integrity_sources").selectAll();
    if (after !== null) {
      query = query
        .where("created_at", "<=", after.createdAt)
        .where((row) => row.or([row("created_at", "<", after.createdAt), row("id", "<", after.id)]));
    }
    const rows = await query.orderBy("created_at", "desc").orderBy("id", "desc").limit(limit).execute();
    return rows.map(toRecord);
  }
}

function toRecord(row: IntegrityTables["integrity_sources"]): SourceRecord {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    author: row.author,
    url: row.url,
    textLength: row.text_length,
    createdAt: row.created_at,
  };
}

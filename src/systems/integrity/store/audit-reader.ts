import type { Database } from "../../../platform/db/database.ts";
import type { AuditEvent, AuditRecord } from "../audit-chain.ts";
import type { IntegrityTables } from "./tables.ts";

/** Reads the audit. */
export class AuditReader {
  readonly #database: Database<IntegrityTables>;

  constructor(database: Database<IntegrityTables>) {
    this.#database = database;
  }

  /** Entries after a number, oldest first; of one subject where it is named. */
  async entries(after: number, limit: number, subject: string | null = null): Promise<AuditRecord[]> {
    let query = this.#database.reader.selectFrom("integrity_audit").selectAll().where("seq", ">", after);
    if (subject !== null) query = query.where("subject", "=", subject);
    const rows = await query.orderBy("seq").limit(limit).execute();
    return rows.map((row) => ({
      seq: row.seq,
      at: row.created_at,
      actor: row.actor,
      action: row.action,
      subject: row.subject,
      details: JSON.parse(row.details) as AuditEvent["details"],
      previous: row.previous,
      hash: row.hash,
    }));
  }

  /** Where the chain should end. */
  async head(): Promise<{ seq: number; hash: string }> {
    return this.#database.reader
      .selectFrom("integrity_audit_head")
      .select(["seq", "hash"])
      .where("id", "=", 1)
      .executeTakeFirstOrThrow();
  }
}

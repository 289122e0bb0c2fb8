import type { Transaction } from "kysely";
import { type AuditEvent, hashEntry } from "../audit-chain.ts";
import type { IntegrityTables } from "./tables.ts";

/** Adds an entry to the audit, in the transaction of what it tells of. Entries are written one after the other. */
export async function appendAudit(
  tx: Transaction<IntegrityTables>,
  event: AuditEvent,
  now: number,
): Promise<void> {
  const head = await tx
    .selectFrom("integrity_audit_head")
    .select(["seq", "hash"])
    .where("id", "=", 1)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const entry = { ...event, seq: head.seq + 1, at: now, previous: head.hash };
  const hash = hashEntry(entry);
  await tx
    .insertInto("integrity_audit")
    .values({
      seq: entry.seq,
      created_at: now,
      actor: event.actor,
      action: event.action,
      subject: event.subject,
      details: JSON.stringify(event.details),
      previous: entry.previous,
      hash,
    })
    .execute();
  await tx.updateTable("integrity_audit_head").set({ seq: entry.seq, hash }).where("id", "=", 1).execute();
}

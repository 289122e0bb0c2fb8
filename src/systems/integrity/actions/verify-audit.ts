import { ChainCheck } from "../audit-chain.ts";
import type { AuditReader } from "../store/audit-reader.ts";

/** Whether the audit holds. */
export interface AuditVerdict {
  readonly valid: boolean;
  /** Entries that follow one another. */
  readonly entries: number;
  /** Hash of the last one of them. */
  readonly head: string;
  readonly brokenAt: number | null;
  readonly reason: string | null;
}

const PAGE = 1_000;

/** Recomputes the chain from its first entry to its end. O(entries); entries written meanwhile may be left out. */
export async function verifyAudit(reader: AuditReader, signal?: AbortSignal): Promise<AuditVerdict> {
  const end = await reader.head();
  const check = new ChainCheck();
  const broken = (reason: string): AuditVerdict => ({
    valid: false,
    entries: check.entries,
    head: check.head,
    brokenAt: check.entries + 1,
    reason,
  });
  while (check.entries < end.seq) {
    signal?.throwIfAborted();
    const page = await reader.entries(check.entries, Math.min(PAGE, end.seq - check.entries));
    if (page.length === 0) return broken(`entries after ${check.entries} are missing: there were ${end.seq}`);
    for (const entry of page) {
      const fault = check.follow(entry);
      if (fault !== null) return broken(fault);
    }
  }
  if (check.head !== end.hash) return broken("the chain does not end where it did");
  return { valid: true, entries: check.entries, head: check.head, brokenAt: null, reason: null };
}

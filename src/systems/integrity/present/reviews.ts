import type { z } from "zod";
import type { AuditEntry, listReviews } from "../../../contracts/integrity/index.ts";
import type { Reviewed } from "../actions/review-case.ts";
import type { AuditRecord } from "../audit-chain.ts";
import { contractInstant } from "../instants.ts";

export function presentReviewed(
  caseId: string,
  { state, reviews }: Reviewed,
): z.output<(typeof listReviews.responses)[200]["schema"]> {
  return {
    status: "success",
    case_id: caseId,
    review_state: state,
    reviews: reviews.map(({ kind, decision, notes, byName, createdAt }) => ({
      kind,
      decision,
      notas: notes,
      by: byName,
      at: contractInstant(createdAt),
    })),
  };
}

export function presentAuditEntry(entry: AuditRecord): z.output<typeof AuditEntry> {
  const { seq, at, actor, action, subject, details, previous, hash } = entry;
  return { seq, at: contractInstant(at), actor, action, subject, details: { ...details }, previous, hash };
}

import type { Decision, ReviewState } from "../../../contracts/integrity/index.ts";
import type { Database } from "../../../platform/db/database.ts";
import type { AuditEvent } from "../audit-chain.ts";
import { appendAudit } from "./append-audit.ts";
import { noSuchCase } from "./case-writer.ts";
import type { IntegrityTables } from "./tables.ts";

/** A decision or an appeal: what a person said of a case. Never edited. */
export interface ReviewRecord {
  readonly kind: "decision" | "appeal";
  readonly decision: Decision | null;
  readonly notes: string;
  readonly byId: string;
  readonly byName: string;
  readonly createdAt: number;
}

/** People's words about cases. */
export class ReviewStore {
  readonly #database: Database<IntegrityTables>;

  constructor(database: Database<IntegrityTables>) {
    this.#database = database;
  }

  /** Records a review and where the case stands after it. @throws QuatrainError `case_not_found` (404) */
  async addReview(
    caseId: string,
    review: ReviewRecord,
    state: ReviewState,
    event: AuditEvent,
  ): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable("integrity_cases")
        .set({ review_state: state })
        .where("id", "=", caseId)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) noSuchCase(caseId);
      await tx
        .insertInto("integrity_reviews")
        .values({
          case_id: caseId,
          kind: review.kind,
          decision: review.decision,
          notes: review.notes,
          by_id: review.byId,
          by_name: review.byName,
          created_at: review.createdAt,
        })
        .execute();
      await appendAudit(tx, event, review.createdAt);
    });
  }

  /** Oldest first. */
  async listReviews(caseId: string): Promise<ReviewRecord[]> {
    const rows = await this.#database.reader
      .selectFrom("integrity_reviews")
      .selectAll()
      .where("case_id", "=", caseId)
      .orderBy("id")
      .execute();
    return rows.map((row) => ({
      kind: row.kind,
      decision: row.decision as Decision | null,
      notes: row.notes,
      byId: row.by_id,
      byName: row.by_name,
      createdAt: row.created_at,
    }));
  }
}

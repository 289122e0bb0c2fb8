import type { Transaction } from "kysely";
import type { AnyTransaction, Database } from "../../../platform/db/database.ts";
import type { Roi } from "../roi.ts";
import { roiColumns } from "./model-record.ts";
import type { InspectionTables } from "./tables.ts";

/** Who holds a ROI's lease. */
export interface LeaseHolder {
  readonly owner: string;
  /** Set when a queued job holds it: the job's end is the lease's end. */
  readonly jobId: string | null;
}

/** One fit per ROI at a time, across processes. A lease ends by itself when its owner stops renewing it. */
export class FitLeases {
  readonly #database: Database<InspectionTables>;

  constructor(database: Database<InspectionTables>) {
    this.#database = database;
  }

  /** Takes the lease, or yields who holds it. Taking it again as the same owner renews it. */
  async take(roi: Roi, holder: LeaseHolder, now: number, expiresAt: number): Promise<LeaseHolder | null> {
    return this.#database.transaction(async (tx) => {
      const values = { owner: holder.owner, job_id: holder.jobId, expires_at: expiresAt };
      // one conditional statement: of two takers that see no lease, one finds the other's here
      const { numInsertedOrUpdatedRows: taken } = await tx
        .insertInto("inspection_fit_leases")
        .values({ ...roiColumns(roi), ...values })
        .onConflict((conflict) =>
          conflict
            .columns(["recipe_id", "model_key", "role_id", "roi_id"])
            .doUpdateSet(values)
            .where((lease) =>
              lease.or([
                lease("inspection_fit_leases.owner", "=", holder.owner),
                lease("inspection_fit_leases.expires_at", "<=", now),
              ]),
            ),
        )
        .executeTakeFirstOrThrow();
      if (taken === 1n) return null;
      const held = await tx
        .selectFrom("inspection_fit_leases")
        .select(["owner", "job_id"])
        .where((row) => row.and(roiColumns(roi)))
        .executeTakeFirstOrThrow();
      return { owner: held.owner, jobId: held.job_id };
    });
  }

  /** Hands a held lease on, in the caller's transaction. */
  async handOver(
    tx: AnyTransaction,
    roi: Roi,
    owner: string,
    next: LeaseHolder & { readonly expiresAt: number },
  ): Promise<void> {
    await (tx as unknown as Transaction<InspectionTables>)
      .updateTable("inspection_fit_leases")
      .set({ owner: next.owner, job_id: next.jobId, expires_at: next.expiresAt })
      .where((row) => row.and({ ...roiColumns(roi), owner }))
      .execute();
  }

  async release(roi: Roi, owner: string): Promise<void> {
    await this.#database.transaction((tx) =>
      tx
        .deleteFrom("inspection_fit_leases")
        .where((row) => row.and({ ...roiColumns(roi), owner }))
        .execute(),
    );
  }

  /** Ends the leases of calls that died with their process; those of jobs stay. Only when nobody else serves. */
  async releaseCalls(): Promise<void> {
    await this.#database.transaction((tx) =>
      tx.deleteFrom("inspection_fit_leases").where("job_id", "is", null).execute(),
    );
  }
}

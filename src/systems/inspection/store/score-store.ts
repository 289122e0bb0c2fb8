import type { Database } from "../../../platform/db/database.ts";
import type { Roi } from "../roi.ts";
import { roiColumns } from "./model-record.ts";
import type { InspectionTables } from "./tables.ts";

/** What `/infer` scored. */
export interface ScoreRecord {
  readonly roi: Roi;
  readonly modelId: number;
  readonly score: number;
  readonly createdAt: number;
}

/** Scores of a ROI that are kept: five windows. */
export const KEPT_SCORES = 1_000;

/** The newest scores of each ROI. */
export class ScoreStore {
  readonly #database: Database<InspectionTables>;

  constructor(database: Database<InspectionTables>) {
    this.#database = database;
  }

  /** Adds scores and forgets each ROI's oldest ones beyond `KEPT_SCORES`. */
  async add(scores: readonly ScoreRecord[]): Promise<void> {
    const rois = new Map(scores.map(({ roi }) => [JSON.stringify(roiColumns(roi)), roi]));
    await this.#database.transaction(async (tx) => {
      for (const { roi, modelId, score, createdAt } of scores)
        await tx
          .insertInto("inspection_scores")
          .values({ ...roiColumns(roi), model_id: modelId, score, created_at: createdAt })
          .execute();
      for (const roi of rois.values()) {
        const oldest = await tx
          .selectFrom("inspection_scores")
          .select("id")
          .where((row) => row.and(roiColumns(roi)))
          .orderBy("id", "desc")
          .offset(KEPT_SCORES)
          .limit(1)
          .executeTakeFirst();
        if (oldest === undefined) continue;
        await tx
          .deleteFrom("inspection_scores")
          .where((row) => row.and(roiColumns(roi)))
          .where("id", "<=", oldest.id)
          .execute();
      }
    });
  }

  /** Scores of one memory from an instant on (milliseconds UTC), newest first. */
  async newest(roi: Roi, modelId: number, since: number, limit: number): Promise<number[]> {
    const rows = await this.#database.reader
      .selectFrom("inspection_scores")
      .select("score")
      .where((row) => row.and({ ...roiColumns(roi), model_id: modelId }))
      .where("created_at", ">=", since)
      .orderBy("id", "desc")
      .limit(limit)
      .execute();
    return rows.map(({ score }) => score);
  }
}

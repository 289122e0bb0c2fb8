import type { Transaction } from "kysely";
import { THUMBNAIL_SIDE } from "../../../algorithms/image/quality/measure-quality.ts";
import type { QualityReference } from "../../../algorithms/image/quality/quality-reference.ts";
import type { Database } from "../../../platform/db/database.ts";
import type { Doer } from "../audit.ts";
import { type Roi, readingOrder } from "../roi.ts";
import { appendAudit } from "./audit-log.ts";
import { roiColumns } from "./model-record.ts";
import type { InspectionTables } from "./tables.ts";

/** What a ROI does with a picture of poor quality: say so; decide nothing; decide ng; not even look. */
export type OnPoorQuality = InspectionTables["inspection_quality_gates"]["on_poor"];

export interface QualityGate {
  readonly roi: Roi;
  readonly onPoor: OnPoorQuality;
  readonly operatorId: string | null;
  readonly updatedAt: number;
}

/** References and gates of picture quality. */
export class QualityStore {
  readonly #database: Database<InspectionTables>;

  constructor(database: Database<InspectionTables>) {
    this.#database = database;
  }

  /** What good pictures of a memory are like; null for a memory that has none (fitted by an older version). */
  async reference(modelId: number): Promise<QualityReference | null> {
    const row = await this.#database.reader
      .selectFrom("inspection_quality")
      .select(["reference", "thumbnail"])
      .where("model_id", "=", modelId)
      .executeTakeFirst();
    return row === undefined ? null : toReference(row);
  }

  /** The gate in use for a ROI: its own, else that of the default recipe; null when nobody set one. */
  async findGate(roi: Roi): Promise<QualityGate | null> {
    for (const place of readingOrder(roi)) {
      const row = await this.#database.reader
        .selectFrom("inspection_quality_gates")
        .select(["on_poor", "operator_id", "updated_at"])
        .where((gate) => gate.and(roiColumns(place)))
        .executeTakeFirst();
      if (row === undefined) continue;
      return { roi: place, onPoor: row.on_poor, operatorId: row.operator_id, updatedAt: row.updated_at };
    }
    return null;
  }

  async setGate(roi: Roi, onPoor: OnPoorQuality, doer: Doer, now: number): Promise<void> {
    const values = { on_poor: onPoor, operator_id: doer.operatorId, updated_at: now };
    await this.#database.transaction(async (tx) => {
      await tx
        .insertInto("inspection_quality_gates")
        .values({ ...roiColumns(roi), ...values })
        .onConflict((conflict) =>
          conflict.columns(["recipe_id", "model_key", "role_id", "roi_id"]).doUpdateSet(values),
        )
        .execute();
      const details = { on_poor: onPoor };
      await appendAudit(
        tx,
        { action: "set_quality_gate", doer, place: roi, modelVersion: null, details },
        now,
      );
    });
  }
}

/** In the transaction that puts the memory in use. */
export async function insertQuality(
  tx: Transaction<InspectionTables>,
  modelId: number,
  { alignment, ...reference }: QualityReference,
): Promise<void> {
  const { thumbnail, ...position } = alignment ?? { thumbnail: null };
  const stored = { ...reference, alignment: alignment === null ? null : position };
  await tx
    .insertInto("inspection_quality")
    .values({
      model_id: modelId,
      reference: JSON.stringify(stored),
      thumbnail:
        thumbnail === null
          ? null
          : new Uint8Array(thumbnail.data.buffer, thumbnail.data.byteOffset, thumbnail.data.byteLength),
    })
    .execute();
}

function toReference(row: { reference: string; thumbnail: Uint8Array | null }): QualityReference {
  const stored = JSON.parse(row.reference) as QualityReference;
  if (stored.alignment === null || row.thumbnail === null) return { ...stored, alignment: null };
  const data = new Float32Array(new Uint8Array(row.thumbnail).buffer); // a copy: aligned
  return {
    ...stored,
    alignment: { ...stored.alignment, thumbnail: { width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, data } },
  };
}

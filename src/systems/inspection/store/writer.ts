import type { Transaction } from "kysely";
import type { Database } from "../../../platform/db/database.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { AuditEvent } from "../audit.ts";
import type { DatasetPlace, Label } from "../roi.ts";
import { appendAudit } from "./audit-log.ts";
import { lockMmPerPx } from "./lock-mm-per-px.ts";
import { type PictureRecord, placeColumns } from "./picture-record.ts";
import type { InspectionTables } from "./tables.ts";

/** Everything that inspection writes: each method is one transaction, durable when it resolves. */
export class InspectionWriter {
  readonly #database: Database<InspectionTables>;

  constructor(database: Database<InspectionTables>) {
    this.#database = database;
  }

  /** @throws QuatrainError `mm_per_px_mismatch` (409) when another request has locked another value */
  async lockMmPerPx(recipeId: string, mmPerPx: number, now: number): Promise<void> {
    await this.#database.transaction((tx) => lockMmPerPx(tx, recipeId, mmPerPx, now));
  }

  /** Announces pictures before their files are written: a crash in between leaves rows that say what to sweep. */
  async announcePictures(pictures: readonly PictureRecord[], now: number): Promise<void> {
    await this.#insertPictures(pictures, now, 1);
  }

  /**
   * Makes announced pictures count, once all their files are durable; locks the recipe's scale where they name one.
   * @throws QuatrainError `mm_per_px_mismatch`, `upload_superseded` (409): nothing counts then
   */
  async confirmPictures(
    pictures: readonly PictureRecord[],
    mmPerPx: number | null,
    now: number,
  ): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const [first] = pictures;
      if (first !== undefined && mmPerPx !== null) await lockMmPerPx(tx, first.place.recipeId, mmPerPx, now);
      for (const picture of pictures) {
        const { numUpdatedRows } = await tx
          .updateTable("inspection_pictures")
          .set({ pending: 0 })
          .where((row) => row.and(pictureColumns(picture)))
          .executeTakeFirstOrThrow();
        if (numUpdatedRows !== 1n) throw uploadSuperseded();
      }
    });
  }

  /** Takes in pictures that somebody put into the folders; those that are known meanwhile stay as they are. */
  async adoptPictures(pictures: readonly PictureRecord[], now: number): Promise<void> {
    await this.#insertPictures(pictures, now, 0);
  }

  async #insertPictures(pictures: readonly PictureRecord[], now: number, pending: number): Promise<void> {
    await this.#database.transaction(async (tx) => {
      for (const picture of pictures) {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto("inspection_pictures")
          .values({
            ...pictureColumns(picture),
            content_hash: picture.contentHash,
            bytes: picture.bytes,
            has_sidecar: picture.hasSidecar ? 1 : 0,
            pending,
            created_at: now,
          })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirstOrThrow();
        if (pending === 1 && numInsertedOrUpdatedRows !== 1n) throw uploadSuperseded();
      }
    });
  }

  async forgetPictures(pictures: readonly PictureRecord[]): Promise<void> {
    await this.#database.transaction(async (tx) => {
      for (const picture of pictures) await forgetPicture(tx, picture);
    });
  }

  /** The same because somebody wants them gone: the audit tells. */
  async deletePictures(pictures: readonly PictureRecord[], event: AuditEvent, now: number): Promise<void> {
    await this.#database.transaction(async (tx) => {
      for (const picture of pictures) await forgetPicture(tx, picture);
      await appendAudit(tx, event, now);
    });
  }
}

async function forgetPicture(tx: Transaction<InspectionTables>, picture: PictureRecord): Promise<void> {
  await tx
    .deleteFrom("inspection_pictures")
    .where((row) => row.and(pictureColumns(picture)))
    .execute();
}

function uploadSuperseded() {
  return userError("upload_superseded", 409, "The upload got in the way of another: send it again");
}

function pictureColumns(picture: { place: DatasetPlace; label: Label; filename: string }) {
  return { ...placeColumns(picture.place), label: picture.label, filename: picture.filename };
}

import type { Database } from "../../../platform/db/database.ts";
import { type DatasetPlace, type Label, type Roi, readingOrder } from "../roi.ts";
import {
  type CalibrationRecord,
  type ModelRecord,
  roiColumns,
  toCalibrationRecord,
  toModelRecord,
  toRoi,
} from "./model-record.ts";
import { type PictureRecord, placeColumns, toPictureRecord } from "./picture-record.ts";
import type { InspectionTables } from "./tables.ts";

/** Everything that inspection reads. `find...` falls back from the recipe to `default`, `own...` does not. */
export class InspectionReader {
  readonly #database: Database<InspectionTables>;

  constructor(database: Database<InspectionTables>) {
    this.#database = database;
  }

  /** The recipe's locked millimetres per pixel, or null. */
  async lockedMmPerPx(recipeId: string): Promise<number | null> {
    const row = await this.#database.reader
      .selectFrom("inspection_recipes")
      .select("mm_per_px")
      .where("recipe_id", "=", recipeId)
      .executeTakeFirst();
    return row?.mm_per_px ?? null;
  }

  async findModel(roi: Roi): Promise<ModelRecord | null> {
    return firstFound(readingOrder(roi), (place) => this.ownModel(place));
  }

  /** The version that is in use in the ROI's own recipe. */
  async ownModel(roi: Roi): Promise<ModelRecord | null> {
    const row = await this.#database.reader
      .selectFrom("inspection_active_models as active")
      .innerJoin("inspection_models as model", "model.id", "active.model_id")
      .selectAll("model")
      .where("active.recipe_id", "=", roi.recipeId)
      .where("active.model_key", "=", roi.modelKey)
      .where("active.role_id", "=", roi.roleId)
      .where("active.roi_id", "=", roi.roiId)
      .executeTakeFirst();
    return row === undefined ? null : toModelRecord(row);
  }

  /** One version of the ROI's own recipe, or null. */
  async ownVersion(roi: Roi, version: number): Promise<ModelRecord | null> {
    const row = await this.#database.reader
      .selectFrom("inspection_models")
      .selectAll()
      .where((model) => model.and({ ...roiColumns(roi), version }))
      .executeTakeFirst();
    return row === undefined ? null : toModelRecord(row);
  }

  /** The greatest version number that the ROI's own recipe ever had; 0 for none. */
  async lastVersion(roi: Roi): Promise<number> {
    const row = await this.#database.reader
      .selectFrom("inspection_active_models")
      .select("last_version")
      .where((active) => active.and(roiColumns(roi)))
      .executeTakeFirst();
    return row?.last_version ?? 0;
  }

  /** The newest versions of a ROI's own recipe, newest first. */
  async ownModels(roi: Roi, limit: number, before = Number.MAX_SAFE_INTEGER): Promise<ModelRecord[]> {
    const rows = await this.#database.reader
      .selectFrom("inspection_models")
      .selectAll()
      .where((row) => row.and(roiColumns(roi)))
      .where("version", "<", before)
      .orderBy("version", "desc")
      .limit(limit)
      .execute();
    return rows.map(toModelRecord);
  }

  async findCalibration(roi: Roi): Promise<CalibrationRecord | null> {
    return firstFound(readingOrder(roi), async (place) => {
      const row = await this.#database.reader
        .selectFrom("inspection_calibrations")
        .selectAll()
        .where((candidate) => candidate.and(roiColumns(place)))
        .executeTakeFirst();
      return row === undefined ? null : toCalibrationRecord(row);
    });
  }

  /** The pictures of a dataset in order of arrival; those of `default` when the recipe has none at all. */
  async findPictures(place: DatasetPlace): Promise<PictureRecord[]> {
    const found = await firstFound(readingOrder(place), async (candidate) => {
      const pictures = await this.ownPictures(candidate);
      return pictures.length > 0 ? pictures : null;
    });
    return found ?? [];
  }

  async ownPictures(place: DatasetPlace): Promise<PictureRecord[]> {
    const rows = await this.#database.reader
      .selectFrom("inspection_pictures")
      .selectAll()
      .where((row) => row.and({ ...placeColumns(place), pending: 0 }))
      .orderBy("filename")
      .execute();
    return rows.map(toPictureRecord);
  }

  async findPicture(place: DatasetPlace, label: Label, filename: string): Promise<PictureRecord | null> {
    return firstFound(readingOrder(place), async (candidate) => {
      const row = await this.#database.reader
        .selectFrom("inspection_pictures")
        .selectAll()
        .where((picture) => picture.and({ ...placeColumns(candidate), label, filename, pending: 0 }))
        .executeTakeFirst();
      return row === undefined ? null : toPictureRecord(row);
    });
  }

  /** Every picture that counts, in every recipe: for reconciling with the folders. */
  async allPictures(): Promise<PictureRecord[]> {
    const rows = await this.#database.reader
      .selectFrom("inspection_pictures")
      .selectAll()
      .where("pending", "=", 0)
      .execute();
    return rows.map(toPictureRecord);
  }

  /** Pictures announced before an instant (milliseconds UTC) that never came to count. */
  async pendingPictures(announcedBefore: number): Promise<PictureRecord[]> {
    const rows = await this.#database.reader
      .selectFrom("inspection_pictures")
      .selectAll()
      .where("pending", "=", 1)
      .where("created_at", "<", announcedBefore)
      .execute();
    return rows.map(toPictureRecord);
  }

  /** The file keys of every version, in every recipe. */
  async allMemoryKeys(): Promise<Set<string>> {
    const rows = await this.#database.reader.selectFrom("inspection_models").select("file_key").execute();
    return new Set(rows.map((row) => row.file_key));
  }

  /** ROIs with more than so many versions. */
  async roisWithMoreVersions(than: number): Promise<Roi[]> {
    const rows = await this.#database.reader
      .selectFrom("inspection_models")
      .select(["recipe_id", "model_key", "role_id", "roi_id"])
      .groupBy(["recipe_id", "model_key", "role_id", "roi_id"])
      .having((group) => group.fn.countAll(), ">", than)
      .execute();
    return rows.map(toRoi);
  }

  /** Roles that have a memory in any recipe, sorted. */
  async rolesWithMemory(): Promise<string[]> {
    const rows = await this.#database.reader
      .selectFrom("inspection_models")
      .select("role_id")
      .distinct()
      .orderBy("role_id")
      .execute();
    return rows.map((row) => row.role_id);
  }
}

async function firstFound<Place, Found>(
  places: readonly Place[],
  find: (place: Place) => Promise<Found | null>,
): Promise<Found | null> {
  for (const place of places) {
    const found = await find(place);
    if (found !== null) return found;
  }
  return null;
}

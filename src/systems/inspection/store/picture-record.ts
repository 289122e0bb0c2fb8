import type { Selectable } from "kysely";
import type { DatasetPlace, Label } from "../roi.ts";
import type { InspectionTables } from "./tables.ts";

/** One picture of a dataset. */
export interface PictureRecord {
  readonly place: DatasetPlace;
  readonly label: Label;
  readonly filename: string;
  /** SHA-256 of the file, hex. */
  readonly contentHash: string;
  readonly bytes: number;
  readonly hasSidecar: boolean;
}

export function toPictureRecord(row: Selectable<InspectionTables["inspection_pictures"]>): PictureRecord {
  return {
    place: { recipeId: row.recipe_id, roleId: row.role_id, roiId: row.roi_id },
    label: row.label,
    filename: row.filename,
    contentHash: row.content_hash,
    bytes: row.bytes,
    hasSidecar: row.has_sidecar === 1,
  };
}

export function placeColumns(place: DatasetPlace) {
  return { recipe_id: place.recipeId, role_id: place.roleId, roi_id: place.roiId };
}

/** For tests only: a store on an empty database, and records to put into it. */
import type { OpenTestDatabase } from "../../../platform/db/testing.ts";
import type { DatasetPlace, Label, Roi } from "../roi.ts";
import { FitLeases } from "./fit-leases.ts";
import { inspectionMigrations } from "./migrations/index.ts";
import type { CalibrationRecord, ModelRecord } from "./model-record.ts";
import type { PictureRecord } from "./picture-record.ts";
import { InspectionReader } from "./reader.ts";
import type { InspectionTables } from "./tables.ts";
import { InspectionWriter } from "./writer.ts";

export async function openTestStore(open: OpenTestDatabase) {
  const database = (await open(inspectionMigrations)).database.as<InspectionTables>();
  return {
    database,
    reader: new InspectionReader(database),
    writer: new InspectionWriter(database),
    leases: new FitLeases(database),
  };
}

/** Names that no SQL and no file system likes. */
export const ROI: Roi = { recipeId: "a", modelKey: "m'; --", roleId: "Línea 🚀", roiId: "../x" };
export const IN_DEFAULT: Roi = { ...ROI, recipeId: "default" };

export function aModel(roi: Roi, version: number, mmPerPx = 0.2): Omit<ModelRecord, "id"> {
  return {
    roi,
    version,
    engineId: "fb98",
    fileKey: `memory-${version}`,
    embeddingCount: 100,
    coresetSize: 10,
    tokenShape: [56, 28],
    coresetRate: 0.1,
    sources: [{ hash: "00", key: "k", name: "ñ'.png" }],
    mmPerPx,
    operatorId: null,
    createdAt: 1_795_000_000_000 + version,
  };
}

export function aCalibration(roi: Roi, threshold: number): CalibrationRecord {
  return {
    roi,
    threshold,
    okMean: 0.5,
    ngMean: 0,
    okPercentile: threshold,
    ngPercentile5: null,
    mmPerPx: 0.2,
    areaMm2Threshold: 1,
    scorePercentile: 99.5,
    createdAt: 1_795_000_000_000,
  };
}

export function aPicture(place: DatasetPlace, label: Label, filename: string): PictureRecord {
  const { recipeId, roleId, roiId } = place;
  return {
    place: { recipeId, roleId, roiId },
    label,
    filename,
    contentHash: "ff",
    bytes: 3_000_000_000,
    hasSidecar: true,
  };
}

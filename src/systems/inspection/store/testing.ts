/** For tests only: a store on an empty database, and records to put into it. */
import type { OpenTestDatabase } from "../../../platform/db/testing.ts";
import type { AuditAction, AuditEvent } from "../audit.ts";
import type { DatasetPlace, Label, Roi } from "../roi.ts";
import { AuditLog } from "./audit-log.ts";
import { CalibrationReader } from "./calibration-reader.ts";
import { CalibrationWriter } from "./calibration-writer.ts";
import { FitLeases } from "./fit-leases.ts";
import { inspectionMigrations } from "./migrations/index.ts";
import type { ModelRecord } from "./model-record.ts";
import type { PictureRecord } from "./picture-record.ts";
import { InspectionReader } from "./reader.ts";
import type { NewRun } from "./run-record.ts";
import type { InspectionTables } from "./tables.ts";
import { VersionWriter } from "./version-writer.ts";
import { InspectionWriter } from "./writer.ts";

export async function openTestStore(open: OpenTestDatabase) {
  const database = (await open(inspectionMigrations)).database.as<InspectionTables>();
  return {
    database,
    reader: new InspectionReader(database),
    writer: new InspectionWriter(database),
    versions: new VersionWriter(database),
    calibrations: new CalibrationWriter(database),
    calibrationReader: new CalibrationReader(database),
    audit: new AuditLog(database),
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
    settings: null,
    origin: "fit",
    originHash: null,
  };
}

export function aRun(roi: Roi, threshold: number): NewRun {
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
    modelId: null,
    modelVersion: null,
    origin: "dataset",
    computedThreshold: threshold,
    okCount: 1,
    ngCount: 0,
    scores: [{ label: "ok", score: threshold, filename: "ñ'.png", hash: "ff", seen: false }],
    operatorId: "ana",
  };
}

export function anEvent(roi: Roi, action: AuditAction = "fit"): AuditEvent {
  return {
    action,
    doer: { operatorId: "ana", actor: "key: line", requestId: "r-1" },
    place: roi,
    modelVersion: null,
    details: { ñ: [1, null] },
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

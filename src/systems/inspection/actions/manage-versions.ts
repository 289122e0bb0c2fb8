import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import type { Doer } from "../audit.ts";
import type { MemoryCache } from "../memory-cache.ts";
import type { Roi } from "../roi.ts";
import type { CalibrationReader } from "../store/calibration-reader.ts";
import type { ModelRecord } from "../store/model-record.ts";
import type { InspectionReader } from "../store/reader.ts";
import type { CalibrationRun } from "../store/run-record.ts";
import type { VersionWriter } from "../store/version-writer.ts";
import { removeVersion } from "./remove-versions.ts";

export interface VersionDeps {
  readonly reader: InspectionReader;
  readonly versions: VersionWriter;
  readonly calibrationReader: CalibrationReader;
  readonly memories: MemoryCache;
  readonly files: FileStore;
  readonly clock: Clock;
}

/** A version with the last calibration that was made with it. */
export interface VersionDescription {
  readonly model: ModelRecord;
  readonly inUse: boolean;
  readonly calibration: CalibrationRun | null;
  readonly calibrationInUse: boolean;
}

type ReadDeps = Pick<VersionDeps, "reader" | "calibrationReader">;

/** Versions that a ROI reads from, newest first: its own recipe's, else those of `default`. */
export async function listVersions(
  deps: ReadDeps,
  roi: Roi,
  limit: number,
  before: number | undefined,
): Promise<VersionDescription[]> {
  const active = await deps.reader.findModel(roi);
  if (active === null) return [];
  const models = await deps.reader.ownModels(active.roi, limit, before);
  return Promise.all(models.map((model) => describe(deps, roi, model, active)));
}

/** @throws QuatrainError `version_not_found` (404) */
export async function findVersion(deps: ReadDeps, roi: Roi, version: number): Promise<VersionDescription> {
  const active = await deps.reader.findModel(roi);
  const model = active === null ? null : await deps.reader.ownVersion(active.roi, version);
  if (active === null || model === null) throw versionNotFound(version);
  return describe(deps, roi, model, active);
}

async function describe(
  { reader, calibrationReader }: ReadDeps,
  roi: Roi,
  model: ModelRecord,
  active: ModelRecord,
): Promise<VersionDescription> {
  const calibration =
    (await calibrationReader.lastOf(roi, model.id)) ?? (await calibrationReader.lastOf(model.roi, model.id));
  const inUse = await reader.findCalibration(roi);
  return {
    model,
    inUse: model.id === active.id,
    calibration,
    calibrationInUse: calibration !== null && inUse?.runId === calibration.id,
  };
}

export interface RolledBack {
  readonly model: ModelRecord;
  readonly previousVersion: number | null;
  readonly threshold: number | null;
  readonly warnings: readonly string[];
}

/**
 * Puts a version of the ROI's own recipe in use again, and the last calibration that was made with it. Its memory is
 * opened first: one that cannot be scored with is refused, and the one in use stays.
 * @throws QuatrainError `version_not_found` (404), `memory_unreadable`, `token_grid_mismatch` (400)
 */
export async function rollBack(
  deps: VersionDeps,
  request: {
    readonly roi: Roi;
    readonly version: number;
    readonly note: string | null;
    readonly doer: Doer;
  },
): Promise<RolledBack> {
  const { roi, version, note, doer } = request;
  const target = await deps.reader.ownVersion(roi, version);
  if (target === null) throw versionNotFound(version);
  await deps.memories.load(target);
  const previous = await deps.reader.ownModel(roi);
  const run = await deps.calibrationReader.lastOf(roi, target.id);
  const event = {
    action: "rollback" as const,
    doer,
    place: roi,
    modelVersion: version,
    details: { from: previous?.version ?? null, to: version, threshold: run?.threshold ?? null, note },
  };
  if (!(await deps.versions.rollBack(target, run, event, deps.clock.now()))) throw versionNotFound(version);
  const threshold = run?.threshold ?? (await deps.reader.findCalibration(roi))?.threshold ?? null;
  return {
    model: target,
    previousVersion: previous?.version ?? null,
    threshold,
    warnings: run === null && threshold !== null ? [KEPT_THRESHOLD] : [],
  };
}

const KEPT_THRESHOLD =
  "This version has no calibration of its own: the threshold that was in use stays, calibrate again";

/**
 * Deletes a version of the ROI's own recipe. @returns false when there is none
 * @throws QuatrainError `version_in_use` (409)
 */
export async function deleteVersion(
  deps: VersionDeps,
  roi: Roi,
  version: number,
  doer: Doer,
): Promise<boolean> {
  const model = await deps.reader.ownVersion(roi, version);
  if (model === null) return false;
  const details = { backbone: model.engineId, pictures: model.sources.length };
  const event = { action: "delete_version" as const, doer, place: roi, modelVersion: version, details };
  if (await removeVersion(deps, model, event)) return true;
  if ((await deps.reader.ownModel(roi))?.id !== model.id) return false;
  throw userError(
    "version_in_use",
    409,
    `Version ${version} is in use: roll back to another one, or fit again, before you delete it`,
  );
}

function versionNotFound(version: number) {
  return userError(
    "version_not_found",
    404,
    `This ROI has no version ${version} of its memory: GET /model_versions lists them`,
  );
}

import { auroc } from "../../algorithms/anomaly/auroc.ts";
import { confusionAt } from "../../algorithms/anomaly/threshold-report.ts";
import { scoresOf } from "./actions/calibrate-scores.ts";
import type { RolledBack, VersionDescription } from "./actions/manage-versions.ts";
import type { AuditRecord } from "./audit.ts";
import { presentRun } from "./present-reports.ts";
import type { SourcePicture } from "./store/model-record.ts";
import type { CalibrationRun } from "./store/run-record.ts";

/* Versions and the audit to JSON, in the contract's style. */

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export function presentVersion({ model, inUse, calibration, calibrationInUse }: VersionDescription) {
  return {
    version: model.version,
    in_use: inUse,
    created_at_utc: new Date(model.createdAt).toISOString(),
    operator_id: model.operatorId,
    origin: model.origin,
    backbone: model.engineId,
    settings: presentSettings(model.settings),
    mm_per_px: model.mmPerPx,
    n_images: model.sources.length,
    n_embeddings: model.embeddingCount,
    coreset_size: model.coresetSize,
    token_shape: [...model.tokenShape],
    calibration: calibration === null ? null : presentRun(calibration, calibrationInUse),
  };
}

function presentSettings(settings: object | null): Record<string, unknown> | null {
  if (settings === null) return null;
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [snakeCase(name), value]));
}

const presentPicture = ({ name, hash }: SourcePicture) => ({ filename: name, sha256: hash });

export function presentVersionWithPictures(description: VersionDescription) {
  return {
    status: "ok" as const,
    ...presentVersion(description),
    dataset: description.model.sources.map(presentPicture),
  };
}

export function presentComparison(a: VersionDescription, b: VersionDescription) {
  const [settingsA, settingsB] = [presentSettings(a.model.settings), presentSettings(b.model.settings)];
  const names = [...new Set([settingsA, settingsB].flatMap((settings) => Object.keys(settings ?? {})))];
  const differing = names.filter((name) => settingsA?.[name] !== settingsB?.[name]);
  const missing = (from: VersionDescription, of: VersionDescription) => {
    const hashes = new Set(of.model.sources.map(({ hash }) => hash));
    return from.model.sources.filter(({ hash }) => !hashes.has(hash)).map(presentPicture);
  };
  const onlyA = missing(a, b);
  return {
    status: "ok" as const,
    a: presentVersion(a),
    b: presentVersion(b),
    settings: Object.fromEntries(
      differing.map((name) => [name, { a: settingsA?.[name] ?? null, b: settingsB?.[name] ?? null }]),
    ),
    dataset: { both: a.model.sources.length - onlyA.length, only_a: onlyA, only_b: missing(b, a) },
    auroc: { a: aurocOf(a.calibration), b: aurocOf(b.calibration) },
    confusion: { a: ratesOf(a.calibration), b: ratesOf(b.calibration) },
  };
}

function aurocOf(run: CalibrationRun | null): number | null {
  return run?.scores ? auroc(scoresOf(run.scores, "ok"), scoresOf(run.scores, "ng")) : null;
}

function ratesOf(run: CalibrationRun | null) {
  if (!run?.scores) return null;
  const [ok, ng] = [scoresOf(run.scores, "ok"), scoresOf(run.scores, "ng")];
  const { falsePositives, truePositives } = confusionAt(run.threshold, ok, ng);
  return {
    false_alarm_rate: ok.length === 0 ? null : falsePositives / ok.length,
    detection_rate: ng.length === 0 ? null : truePositives / ng.length,
  };
}

export function presentRollback({ model, previousVersion, threshold, warnings }: RolledBack) {
  return {
    status: "ok" as const,
    model_version: model.version,
    previous_version: previousVersion,
    threshold,
    warnings: [...warnings],
  };
}

export function presentAuditEntry({ id, at, action, doer, place, modelVersion, details }: AuditRecord) {
  return {
    id,
    at_utc: new Date(at).toISOString(),
    action,
    operator_id: doer.operatorId,
    actor: doer.actor,
    recipe_id: place.recipeId ?? null,
    role_id: place.roleId ?? null,
    roi_id: place.roiId ?? null,
    model_key: place.modelKey ?? null,
    model_version: modelVersion,
    details: { ...details },
    request_id: doer.requestId,
  };
}

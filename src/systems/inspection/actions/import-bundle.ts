import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { Ids } from "../../../platform/ports.ts";
import type { Doer } from "../audit.ts";
import { describes, type Manifest, sourcesOf } from "../bundle/manifest.ts";
import { readQuality } from "../bundle/quality.ts";
import { type Bundle, damaged, readBundle } from "../bundle/read-bundle.ts";
import type { InspectionEngine, MemoryModel } from "../engine/port.ts";
import { requireLockedScale } from "../mm-per-px.ts";
import type { Roi } from "../roi.ts";
import type { ModelRecord } from "../store/model-record.ts";
import type { NewRun } from "../store/run-record.ts";
import { type AddVersionDeps, addVersion } from "./add-version.ts";
import { holdFitLease, type LeaseDeps } from "./hold-fit-lease.ts";

export interface ImportDeps extends AddVersionDeps, LeaseDeps {
  readonly ids: Ids;
}

export interface ImportedBundle {
  readonly model: ModelRecord;
  readonly warnings: readonly string[];
}

/**
 * Puts a bundle's memory in use as the ROI's next version, with its calibration and what its good pictures are like. Everything is checked before anything
 * is stored.
 * @param roiOf where it goes, from where it came
 * @throws QuatrainError as `readBundle`; `backbone_unknown`, `backbone_not_installed` (400), `mm_per_px_mismatch`,
 * `fit_running` (409)
 */
export async function importBundle(
  deps: ImportDeps,
  path: string,
  roiOf: (model: Manifest["model"]) => Roi,
  doer: Doer,
): Promise<ImportedBundle> {
  const bundle = await readBundle(path);
  const { manifest } = bundle;
  const roi = roiOf(manifest.model);
  await requireBackbone(deps.engine, manifest.model.backbone);
  const memory = decodeMemory(deps.engine, bundle);
  const { mm_per_px: mmPerPx, operator_id: operatorId } = manifest.model;
  requireLockedScale(roi.recipeId, await deps.reader.lockedMmPerPx(roi.recipeId), mmPerPx);
  const added = {
    roi,
    memory,
    sources: sourcesOf(manifest),
    mmPerPx,
    operatorId,
    origin: "bundle" as const,
    originHash: manifest.files[0].sha256,
  };
  const event = (version: number) => ({
    action: "import_bundle" as const,
    doer,
    place: roi,
    modelVersion: version,
    details: { from: origin(manifest), written_by: manifest.written_by, written_at: manifest.written_at_utc },
  });
  const run = calibrationOf(manifest, roi, deps.clock.now());
  const quality = manifest.quality === null ? null : readQuality(manifest.quality);
  const model = await holdFitLease(deps, roi, `call:${deps.ids.uuid()}`, () =>
    addVersion(deps, added, event, { run, quality }),
  );
  return { model, warnings: quality === null ? [withoutReference("The bundle")] : [] };
}

/** A warning. `what` begins the sentence. */
export function withoutReference(what: string): string {
  return `${what} does not say what good pictures are like: the quality of pictures is unknown, and the gate lets all pass, until the next fit`;
}

function origin({ model }: Manifest) {
  const { recipe_id, role_id, roi_id, model_key, version, created_at_utc } = model;
  return { recipe_id, role_id, roi_id, model_key, version, created_at_utc };
}

async function requireBackbone(engine: InspectionEngine, id: string): Promise<void> {
  const backbones = await engine.backbones();
  const found = backbones.find((backbone) => backbone.id === id);
  if (found?.isInstalled) return;
  if (found !== undefined) {
    throw userError(
      "backbone_not_installed",
      400,
      `The bundle's memory was made with ${id}, whose weights are not here: fetch them with quatrain models pull ${id}, then import again`,
    );
  }
  throw userError(
    "backbone_unknown",
    400,
    `The bundle's memory was made with '${id}', which this server has not (it has ${backbones.map((one) => one.id).join(", ")})`,
  );
}

function decodeMemory(engine: InspectionEngine, { manifest, memory }: Bundle): MemoryModel {
  const decoded = engine.decode(memory);
  if (describes(manifest, decoded)) return decoded;
  throw damaged("its manifest speaks of another memory than the one beside it");
}

function calibrationOf({ calibration }: Manifest, roi: Roi, now: number): NewRun | null {
  if (calibration === null) return null;
  return {
    roi,
    origin: "bundle",
    modelId: null,
    modelVersion: null,
    threshold: calibration.threshold,
    computedThreshold: calibration.computed_threshold,
    okMean: calibration.ok_mean,
    ngMean: calibration.ng_mean,
    okPercentile: calibration.p_ok,
    ngPercentile5: calibration.p5_ng,
    mmPerPx: calibration.mm_per_px,
    areaMm2Threshold: calibration.area_mm2_thr,
    scorePercentile: calibration.score_percentile,
    okCount: calibration.n_ok,
    ngCount: calibration.n_ng,
    scores:
      calibration.scores?.map(({ label, score, filename, sha256: hash, left_out }) => ({
        label,
        score,
        filename,
        hash,
        seen: !left_out,
      })) ?? null,
    operatorId: calibration.operator_id,
    createdAt: now,
  };
}

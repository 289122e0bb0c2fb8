import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Config } from "../../../platform/config/config.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { Doer } from "../audit.ts";
import { requireLockedScale, requireValidScale } from "../mm-per-px.ts";
import type { PictureCodec } from "../picture-codec.ts";
import type { Roi } from "../roi.ts";
import { readSiteCalibration, type SiteCalibration, toRun } from "../site/read-site-calibration.ts";
import { readSiteMemory, type SiteMemory } from "../site/read-site-memory.ts";
import { toTokenMemory } from "../site/to-memory.ts";
import type { ModelRecord } from "../store/model-record.ts";
import { addVersion } from "./add-version.ts";
import { holdFitLease } from "./hold-fit-lease.ts";
import { type ImportDeps, withoutReference } from "./import-bundle.ts";
import { learnDatasetQuality } from "./learn-dataset-quality.ts";
import { ALL_VERSIONS } from "./sweep-sources.ts";

export interface ImportSiteDeps extends ImportDeps {
  readonly pictures: PictureCodec;
  readonly settings: Config["inspection"];
}

export interface SiteMemoryRequest {
  readonly roi: Roi;
  /** The `.npz` on this machine. */
  readonly path: string;
  readonly calibration: Buffer | null;
  /** Wins over what calibration, memory and recipe say. */
  readonly mmPerPx: number | null;
  readonly doer: Doer;
}

export interface ImportedMemory {
  readonly model: ModelRecord;
  readonly threshold: number | null;
  /** It had been imported before: nothing was done. */
  readonly wasThere: boolean;
  readonly warnings: readonly string[];
}

/**
 * Takes over a memory of the reference server, with its calibration, as the ROI's first version. A second time nothing
 * happens. What good pictures are like is learnt from the dataset, where it has any. One whose backbone has no weights here is stored all the same: scoring with it is refused until they are.
 * @throws QuatrainError `site_memory_unreadable`, `mm_per_px_unknown` (400), `memory_exists`, `mm_per_px_mismatch` (409)
 */
export async function importSiteMemory(
  deps: ImportSiteDeps,
  request: SiteMemoryRequest,
): Promise<ImportedMemory> {
  const { roi, doer } = request;
  const originHash = await hashOf(request.path);
  const site = await readSiteMemory(request.path);
  const calibration = request.calibration === null ? null : readSiteCalibration(request.calibration);
  const memory = toTokenMemory(site, deps.settings.coresetRate);
  const mmPerPx = await scaleOf(deps, request, site, calibration);
  const warnings = await doubts(deps, memory.engineId);
  return holdFitLease(deps, roi, `call:${deps.ids.uuid()}`, async () => {
    const versions = await deps.reader.ownModels(roi, ALL_VERSIONS);
    const same = versions.find((model) => model.originHash === originHash);
    if (same !== undefined) return { model: same, threshold: null, wasThere: true, warnings };
    if (versions.length > 0) throw memoryExists();
    const { areaMm2Threshold, scorePercentile } = deps.settings;
    const defaults = { mmPerPx, areaMm2Threshold, scorePercentile };
    const run = calibration === null ? null : toRun(calibration, roi, defaults, deps.clock.now());
    const added = {
      roi,
      memory,
      sources: [],
      mmPerPx,
      operatorId: doer.operatorId,
      origin: "site" as const,
      originHash,
    };
    const event = (version: number) => ({
      action: "import_memory" as const,
      doer,
      place: roi,
      modelVersion: version,
      details: {
        backbone: memory.engineId,
        rows: site.size,
        threshold: run?.threshold ?? null,
        sha256: originHash,
      },
    });
    const quality = await learnDatasetQuality(deps, roi);
    if (quality === null)
      warnings.push(withoutReference("Neither the memory nor a dataset that was taken over before it"));
    const model = await addVersion(deps, added, event, { run, quality });
    return { model, threshold: run?.threshold ?? null, wasThere: false, warnings };
  });
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

async function scaleOf(
  { reader }: ImportSiteDeps,
  { roi, mmPerPx }: SiteMemoryRequest,
  { metadata }: SiteMemory,
  calibration: SiteCalibration | null,
): Promise<number> {
  const locked = await reader.lockedMmPerPx(roi.recipeId);
  const noted = typeof metadata.mm_per_px === "number" ? metadata.mm_per_px : null;
  const found = mmPerPx ?? calibration?.mm_per_px ?? noted ?? locked;
  if (found === null) {
    throw userError(
      "mm_per_px_unknown",
      400,
      "Neither the memory nor its calibration says its millimetres per pixel: send mm_per_px",
    );
  }
  requireValidScale(found);
  requireLockedScale(roi.recipeId, locked, found);
  return found;
}

async function doubts({ engine }: ImportSiteDeps, engineId: string): Promise<string[]> {
  const unknown =
    "The memory does not say which pictures it was made of: in /calibrate_dataset they score lower than the next good part, so fit again when you can";
  const isInstalled = (await engine.backbones()).some(
    ({ id, isInstalled }) => id === engineId && isInstalled,
  );
  if (isInstalled) return [unknown];
  return [
    unknown,
    `The weights of ${engineId} are not here: nothing is scored with this memory until quatrain models pull ${engineId}`,
  ];
}

function memoryExists() {
  return userError(
    "memory_exists",
    409,
    "This ROI has a memory already: an import never takes its place. Name another recipe or model key",
  );
}

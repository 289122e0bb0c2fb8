import type { QualityReference } from "../../../algorithms/image/quality/quality-reference.ts";
import type { AuditEvent } from "../audit.ts";
import type { InspectionEngine, MemoryModel } from "../engine/port.ts";
import { memoryKey } from "../file-keys.ts";
import type { Roi } from "../roi.ts";
import type { ModelOrigin, ModelRecord, SourcePicture } from "../store/model-record.ts";
import type { NewRun } from "../store/run-record.ts";
import { type RemoveVersionDeps, removeSuperseded } from "./remove-versions.ts";

export interface AddVersionDeps extends RemoveVersionDeps {
  readonly engine: InspectionEngine;
}

/** A memory that is ready to be put in use, and where it came from. */
export interface NewVersion {
  readonly roi: Roi;
  readonly memory: MemoryModel;
  readonly sources: readonly SourcePicture[];
  readonly mmPerPx: number;
  readonly operatorId: string | null;
  readonly origin: ModelOrigin;
  readonly originHash: string | null;
}

/** What may come with a memory: a calibration, and what its good pictures are like. */
interface Companions {
  readonly run?: NewRun | null;
  readonly quality?: QualityReference | null;
}

/**
 * Puts a memory in use as the ROI's next version. Killed at any instant, it leaves the old one in use: the new file is
 * whole and durable before the row that names it exists. Only while holding the ROI's lease.
 *
 * @throws QuatrainError `mm_per_px_mismatch` (409) when the recipe is locked to another scale
 */
export async function addVersion(
  deps: AddVersionDeps,
  added: NewVersion,
  event: (version: number) => AuditEvent,
  { run = null, quality = null }: Companions = {},
): Promise<ModelRecord> {
  const { memory, roi } = added;
  const version = (await deps.reader.lastVersion(roi)) + 1;
  const fileKey = memoryKey(roi, version);
  await deps.files.put(fileKey, deps.engine.encode(memory));
  const record = {
    roi,
    version,
    engineId: memory.engineId,
    fileKey,
    embeddingCount: memory.embeddingCount,
    coresetSize: memory.coresetSize,
    tokenShape: memory.tokenShape,
    coresetRate: memory.settings.coresetRate,
    sources: added.sources,
    mmPerPx: added.mmPerPx,
    operatorId: added.operatorId,
    createdAt: deps.clock.now(),
    settings: memory.settings,
    origin: added.origin,
    originHash: added.originHash,
  };
  const id = await deps.versions.add(record, event(version), run, quality);
  await removeSuperseded(deps, roi);
  return { ...record, id };
}

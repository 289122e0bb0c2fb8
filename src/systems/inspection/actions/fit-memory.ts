import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { FitHooks, InspectionEngine, MemoryModel } from "../engine/port.ts";
import { memoryKey } from "../file-keys.ts";
import type { Roi } from "../roi.ts";
import type { ModelRecord, SourcePicture } from "../store/model-record.ts";
import type { InspectionWriter } from "../store/writer.ts";
import type { FitPlan, PlanDeps } from "./plan-fit.ts";
import { readPictureFile } from "./read-dataset.ts";
import { sweepSources } from "./sweep-sources.ts";

export interface FitDeps extends PlanDeps {
  readonly writer: InspectionWriter;
  readonly engine: InspectionEngine;
  readonly clock: Clock;
}

/** The memory in use and the one before it stay; a request that just read the older row still finds its file. */
const KEPT_VERSIONS = 2;
const SEED = 1;

/**
 * Fits a memory on the planned pictures and puts it in use. Killed at any instant, it leaves the old one in use:
 * the new file is whole and durable before the row that names it exists.
 */
export async function fitMemory(deps: FitDeps, plan: FitPlan, hooks: FitHooks = {}): Promise<ModelRecord> {
  const memory = await deps.engine.fit(
    plan.sources.map((source) => okPicture(deps, source)),
    fitSettings(deps, plan),
    hooks,
  );
  const [newest] = await deps.reader.ownModels(plan.roi, 1);
  const version = (newest?.version ?? 0) + 1;
  const fileKey = memoryKey(plan.roi, version);
  await deps.files.put(fileKey, deps.engine.encode(memory));
  const record = describe(plan, memory, version, fileKey, deps.clock.now());
  await deps.writer.addModel(record);
  const [added] = await deps.reader.ownModels(plan.roi, 1);
  if (added === undefined)
    throw userError("fit_lost", 409, "The model was removed while it was being fitted");
  await removeSuperseded(deps, plan.roi);
  return added;
}

function okPicture({ files, pictures }: FitDeps, source: SourcePicture) {
  return {
    contentHash: source.hash,
    name: source.name,
    load: async () =>
      pictures.withDecoded(await readPictureFile(files, source.key), async (picture) => picture),
  };
}

function fitSettings({ settings }: FitDeps, plan: FitPlan) {
  return {
    engineId: settings.engineId,
    coresetRate: plan.keepEverything ? 1 : settings.coresetRate,
    keepEverything: plan.keepEverything,
    ridge: settings.ridge,
    pixelPercentile: 100,
    seed: SEED,
  };
}

function describe(
  plan: FitPlan,
  memory: MemoryModel,
  version: number,
  fileKey: string,
  createdAt: number,
): Omit<ModelRecord, "id"> {
  return {
    roi: plan.roi,
    version,
    engineId: memory.engineId,
    fileKey,
    embeddingCount: memory.embeddingCount,
    coresetSize: memory.coresetSize,
    tokenShape: memory.tokenShape,
    coresetRate: memory.settings.coresetRate,
    sources: plan.sources,
    mmPerPx: plan.mmPerPx,
    operatorId: plan.operatorId,
    createdAt,
  };
}

/** Old versions go row first, then file; uploaded pictures that no kept version was fitted on go too. */
async function removeSuperseded(deps: FitDeps, roi: Roi): Promise<void> {
  const { reader, writer, files } = deps;
  for (const model of (await reader.ownModels(roi, 1_000)).slice(KEPT_VERSIONS)) {
    await writer.removeModel(model.id);
    await files.delete(model.fileKey);
  }
  await sweepSources(deps, roi);
}

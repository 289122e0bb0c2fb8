import type { Clock } from "../../../platform/ports.ts";
import type { AuditEvent } from "../audit.ts";
import { chooseBackbone } from "../engine/choose-backbone.ts";
import type { FitHooks, MemoryModel } from "../engine/port.ts";
import { memoryKey } from "../file-keys.ts";
import { QualityLearner } from "../quality/quality-learner.ts";
import type { ModelRecord, SourcePicture } from "../store/model-record.ts";
import type { VersionWriter } from "../store/version-writer.ts";
import type { FitPlan, PlanDeps } from "./plan-fit.ts";
import { readPictureFile } from "./read-dataset.ts";
import { removeSuperseded } from "./remove-versions.ts";

export interface FitDeps extends PlanDeps {
  readonly versions: VersionWriter;
  readonly clock: Clock;
}

const SEED = 1;

/**
 * Fits a memory on the planned pictures and puts it in use. Killed at any instant, it leaves the old one in use:
 * the new file is whole and durable before the row that names it exists.
 */
export async function fitMemory(deps: FitDeps, plan: FitPlan, hooks: FitHooks = {}): Promise<ModelRecord> {
  const learner = new QualityLearner(plan.sources.length);
  const memory = await deps.engine.fit(
    plan.sources.map((source, index) => okPicture(deps, source, index, learner)),
    await fitSettings(deps, plan),
    hooks,
  );
  const version = (await deps.reader.lastVersion(plan.roi)) + 1;
  const fileKey = memoryKey(plan.roi, version);
  await deps.files.put(fileKey, deps.engine.encode(memory));
  const record = describe(plan, memory, version, fileKey, deps.clock.now());
  const id = await deps.versions.add(record, fitEvent(plan, record), null, learner.reference());
  await removeSuperseded(deps, plan.roi);
  return { ...record, id };
}

function fitEvent(
  { roi, operatorId, actor, requestId }: FitPlan,
  model: Omit<ModelRecord, "id">,
): AuditEvent {
  return {
    action: "fit",
    doer: { operatorId, actor: actor ?? "unknown", requestId: requestId ?? null },
    place: roi,
    modelVersion: model.version,
    details: { pictures: model.sources.length, coreset_size: model.coresetSize, backbone: model.engineId },
  };
}

/** Quality is learnt as the pictures pass by. */
function okPicture(
  { files, pictures }: FitDeps,
  source: SourcePicture,
  index: number,
  learner: QualityLearner,
) {
  return {
    contentHash: source.hash,
    name: source.name,
    load: async () =>
      pictures.withDecoded(await readPictureFile(files, source.key), async (picture) => {
        await learner.observe(index, source.hash, picture);
        return picture;
      }),
  };
}

async function fitSettings({ settings, engine }: FitDeps, plan: FitPlan) {
  const backbone = chooseBackbone(await engine.backbones(), plan.backbone ?? settings.engineId);
  return {
    engineId: backbone.id,
    coresetRate: plan.keepEverything ? 1 : settings.coresetRate,
    keepEverything: plan.keepEverything,
    ridge: settings.ridge,
    pixelPercentile: backbone.pixelPercentile,
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
    settings: memory.settings,
    origin: "fit",
    originHash: null,
  };
}

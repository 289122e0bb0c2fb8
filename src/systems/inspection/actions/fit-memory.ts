import type { Clock } from "../../../platform/ports.ts";
import type { AuditEvent } from "../audit.ts";
import { chooseBackbone } from "../engine/choose-backbone.ts";
import type { FitHooks, MemoryModel } from "../engine/port.ts";
import { QualityLearner } from "../quality/quality-learner.ts";
import type { ModelRecord, SourcePicture } from "../store/model-record.ts";
import type { VersionWriter } from "../store/version-writer.ts";
import { addVersion } from "./add-version.ts";
import type { FitPlan, PlanDeps } from "./plan-fit.ts";
import { readPictureFile } from "./read-dataset.ts";

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
  const { roi, mmPerPx, operatorId, sources } = plan;
  const added = { roi, memory, sources, mmPerPx, operatorId, origin: "fit" as const, originHash: null };
  const event = (version: number) => fitEvent(plan, memory, version);
  return addVersion(deps, added, event, { quality: learner.reference() });
}

function fitEvent(
  { roi, operatorId, actor, requestId, sources }: FitPlan,
  memory: MemoryModel,
  version: number,
): AuditEvent {
  return {
    action: "fit",
    doer: { operatorId, actor: actor ?? "unknown", requestId: requestId ?? null },
    place: roi,
    modelVersion: version,
    details: { pictures: sources.length, coreset_size: memory.coresetSize, backbone: memory.engineId },
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
  const backbone = chooseBackbone(await engine.backbones(), plan.backbone ?? settings.engineId, plan.detail);
  return {
    engineId: backbone.id,
    coresetRate: plan.keepEverything ? 1 : settings.coresetRate,
    keepEverything: plan.keepEverything,
    ridge: settings.ridge ?? backbone.ridge,
    pixelPercentile: backbone.pixelPercentile,
    seed: SEED,
    // 1 is left out: such a memory is the same file as ever
    ...(plan.detail === undefined || plan.detail === 1 ? {} : { detail: plan.detail }),
  };
}

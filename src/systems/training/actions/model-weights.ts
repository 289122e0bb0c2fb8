import { pullWeights } from "../../../ml/weights/store/install-weights.ts";
import { findInstalled, weightsPath } from "../../../ml/weights/store/weights-folder.ts";
import { messageOf } from "../../../platform/errors/quatrain-error.ts";
import type { Log } from "../../../platform/ports.ts";
import type { TrainingConfig } from "../config/training-config.ts";
import { embeddedModel } from "../engines.ts";

export interface ModelWeightsDeps {
  readonly settings: { readonly weightsDir: string; readonly weightsUrl: string | null };
  readonly log: Log;
}

/** Whether stored weights are there to begin with. */
export async function hasWeights(
  { settings }: Pick<ModelWeightsDeps, "settings">,
  framework: string,
  name: string,
): Promise<boolean> {
  return framework === "timm" && (await findInstalled(settings.weightsDir, name)) !== null;
}

/**
 * The file to begin a run with, fetched if need be; null with the reason where there is none. A model that cannot be had
 * trains from scratch: `effective_config.pretrained` says so too.
 */
export async function weightsFor(
  deps: ModelWeightsDeps,
  { pretrained, framework, modelName }: Pick<TrainingConfig, "pretrained" | "framework" | "modelName">,
): Promise<{ path: string | null; warnings: readonly string[] }> {
  const model = embeddedModel({ framework, modelName });
  if (!pretrained || model === null || !model.takesStoredWeights) return { path: null, warnings: [] };
  const path = weightsPath(deps.settings.weightsDir, modelName);
  if (await hasWeights(deps, framework, modelName)) return { path, warnings: [] };
  if (deps.settings.weightsUrl === null) {
    return {
      path: null,
      warnings: [
        `pretrained: there are no weights for ${modelName}; put them at ${path}, or set QUATRAIN_MODELS_URL`,
      ],
    };
  }
  try {
    const { weightsDir, weightsUrl } = deps.settings;
    const url = `${weightsUrl}/${framework}/${modelName}.safetensors`;
    await pullWeights(modelName, url, { weightsDir, sha256: null });
    return { path, warnings: [] };
  } catch (error) {
    deps.log.warn({ model: modelName, reason: messageOf(error) }, "weights could not be fetched");
    return { path: null, warnings: [`pretrained: the weights could not be fetched (${messageOf(error)})`] };
  }
}

import type { Engine } from "./frameworks.ts";
import { limitOf } from "./honours.ts";
import { settingValues } from "./setting-values.ts";
import type { EffectiveConfig, EffectOfSetting, TrainingConfig } from "./training-config.ts";

/** Values that ask for nothing: an engine that does not heed the setting does the same. */
const NOTHING: ReadonlySet<unknown> = new Set([false, null, 0]);

/**
 * What each setting in force will do, as far as the engine is known before it has begun: by dotted names, as
 * `effective_config` shows it. Whoever trains replaces what it learns later (`effective` null with a reason).
 * `learning_rate` is the job's own, listed where `advanced_config` has overruled it.
 */
export function initialEffect(config: TrainingConfig, engine: Engine): EffectiveConfig {
  const effects = Object.entries(settingValues(config)).map(
    ([name, value]) => [name, effectOf(name, value, config.framework, engine)] as const,
  );
  return { ...overruledRate(config), ...Object.fromEntries(effects) };
}

function effectOf(name: string, requested: unknown, framework: string, engine: Engine): EffectOfSetting {
  const limit = NOTHING.has(requested) ? null : limitOf(framework, engine, name);
  if (limit !== null && limit.effective !== requested)
    return { requested, effective: limit.effective, reason: limit.note };
  if (name === "pretrained" && requested === true)
    return {
      requested,
      effective: null,
      reason: "Known when the run begins: where there are stored weights",
    };
  if (name === "mixed_precision" && requested === true)
    return { requested, effective: null, reason: "Known when the run begins: where the worker has a GPU" };
  return { requested, effective: requested };
}

function overruledRate({ overruledLearningRate, optimiser }: TrainingConfig): EffectiveConfig {
  if (overruledLearningRate === undefined) return {};
  return {
    learning_rate: {
      requested: overruledLearningRate,
      effective: optimiser.learningRate,
      reason: "advanced_config.optimizer.learning_rate wins over the job's own learning_rate",
    },
  };
}

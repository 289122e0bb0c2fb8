import { InvalidInput } from "../../../platform/errors/invalid-input.ts";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import { adviceOn } from "./advice.ts";
import { chooseTask, type Engine } from "./frameworks.ts";
import { type ConfigFacts, type ConfigRequest, resolveConfig } from "./resolve-config.ts";
import { settingValues } from "./setting-values.ts";
import type { TrainingConfig } from "./training-config.ts";

/** What is known of the model and the dataset; whatever is left out is not checked. */
export interface ValidationFacts extends Partial<ConfigFacts> {
  /** Who would train; the framework's own engine where it is left out. */
  readonly engine?: Engine;
  /** Training images of the dataset. */
  readonly trainImages?: number;
}

/** The answer of POST config/validate. */
export interface ConfigValidation {
  readonly valid: boolean;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  /** Settings that are unknown, overruled or without effect. */
  readonly warnings: readonly string[];
  /** What could be better. */
  readonly suggestions: readonly string[];
  /**
   * What a job would be trained with: it can be sent as a job's `config`, and means the same then. Null where it is not
   * valid; what a model decides is null where the model is not known.
   */
  readonly config: CompleteConfig | null;
}

interface CompleteConfig {
  readonly framework: string;
  readonly model_name: string;
  readonly task_type: string;
  readonly epochs: number;
  readonly batch_size: number;
  readonly learning_rate: number;
  readonly advanced_config: Readonly<Record<string, unknown>>;
}

/** Stands for what an unknown model would decide. */
const UNKNOWN = {
  numClasses: 0,
  classes: [],
  defaultImageSize: 0,
  defaultMean: [0, 0, 0],
  defaultStd: [1, 1, 1],
  frozenByNature: false,
} as const satisfies ConfigFacts;

/** Checks a configuration without a job. Never throws for what a client wrote: that is the answer. */
export function validateConfig(request: ConfigRequest, facts: ValidationFacts): ConfigValidation {
  try {
    const known = { ...UNKNOWN, ...definedOnly(facts) };
    const { config, warnings } = resolveConfig(request, known);
    const suggestions = adviceOn(config, {
      engine: facts.engine ?? chooseTask(config.framework, config.taskType).engine,
      frozenByNature: known.frozenByNature,
      trainImages: facts.trainImages ?? null,
    });
    return { valid: true, errors: [], warnings, suggestions, config: completeConfig(config) };
  } catch (error) {
    return { valid: false, errors: errorsOf(error), warnings: [], suggestions: [], config: null };
  }
}

function definedOnly(facts: ValidationFacts): Partial<ConfigFacts> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function errorsOf(error: unknown): ConfigValidation["errors"] {
  if (error instanceof InvalidInput)
    return error.faults.map(({ loc, msg }) => ({ field: loc.slice(1).join("."), message: msg }));
  const field = error instanceof QuatrainError ? error.details.field : undefined;
  if (error instanceof QuatrainError && typeof field === "string") return [{ field, message: error.message }];
  throw error;
}

function completeConfig(config: TrainingConfig): CompleteConfig {
  const { imageSize, mean, std } = config.preprocessing;
  return {
    framework: config.framework,
    model_name: config.modelName,
    task_type: config.taskType,
    epochs: config.epochs,
    batch_size: config.batchSize,
    learning_rate: config.optimiser.learningRate,
    advanced_config: nested({
      ...settingValues(config),
      ...(imageSize === UNKNOWN.defaultImageSize ? { "preprocessing.image_size": null } : {}),
      ...(mean === UNKNOWN.defaultMean ? { "preprocessing.mean": null } : {}),
      ...(std === UNKNOWN.defaultStd ? { "preprocessing.std": null } : {}),
    }),
  };
}

/** `{ "optimizer.type": "sgd" }` as `{ optimizer: { type: "sgd" } }`. */
function nested(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const settings: Record<string, unknown> = {};
  const groups: Record<string, Record<string, unknown>> = {};
  for (const [name, value] of Object.entries(values)) {
    const [group = "", key] = name.split(".");
    if (key === undefined) settings[name] = value;
    else {
      groups[group] ??= {};
      groups[group][key] = value;
    }
  }
  return { ...groups, ...settings };
}

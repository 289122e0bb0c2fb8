import { AdvancedConfig } from "../../../contracts/training/advanced-config.ts";
import { JOB_DEFAULTS } from "./defaults.ts";
import { Findings } from "./findings.ts";
import { type ChosenTask, chooseTask } from "./frameworks.ts";
import { refuseUnavailable } from "./honours.ts";
import { resolveClassWeights } from "./resolve-class-weights.ts";
import { type ImageFacts, resolveAugmentation, resolvePreprocessing } from "./resolve-images.ts";
import { resolveOptimiser } from "./resolve-optimiser.ts";
import { resolveSchedule, resolveWarmup } from "./resolve-schedule.ts";
import { resolveValidation } from "./resolve-validation.ts";
import { completeSettings, givenSettings, type Settings } from "./settings.ts";
import type { TrainingConfig } from "./training-config.ts";
import { warnOfUnknown } from "./unknown-settings.ts";
import { warnOfUnused } from "./unused-settings.ts";

/** A job's `config`, as it was asked for. Null: not given. */
export interface ConfigRequest {
  readonly framework: string;
  readonly modelName: string;
  readonly taskType: string | null;
  readonly epochs: number | null;
  readonly batchSize: number | null;
  readonly learningRate: number | null;
  /** The client's `advanced_config`, parsed or not. */
  readonly advanced: unknown;
}

/** What the model and the dataset decide. */
export interface ConfigFacts extends ImageFacts {
  readonly numClasses: number;
  /** In the order of their ids; empty where they are not known yet. */
  readonly classes: readonly string[];
  /** The model has a backbone that nothing trains. */
  readonly frozenByNature: boolean;
}

/**
 * Fills in everything that a run needs. The parts win in this order: what `advanced_config` says, its preset, the job's
 * own learning rate, the defaults.
 * @returns warnings for settings that are unknown, overruled or without effect
 * @throws InvalidInput (422) where settings are out of bounds or contradict each other, with their dotted names;
 *   QuatrainError `framework_not_found` (404), `task_type_not_supported` (422)
 */
export function resolveConfig(
  request: ConfigRequest,
  facts: ConfigFacts,
): { config: TrainingConfig; warnings: readonly string[] } {
  const task = chooseTask(request.framework, request.taskType);
  const findings = new Findings();
  const advanced = parseAdvanced(request.advanced, findings);
  const given = givenSettings(advanced);
  const settings = completeSettings(advanced);
  warnOfUnknown(advanced, findings);
  warnOfUnused(given, settings, findings);
  refuseUnavailable(task.framework, settings, findings);
  const config = configOf({ request, facts, task, settings, given }, findings);
  findings.throwFaults();
  return { config, warnings: findings.warnings };
}

function parseAdvanced(advanced: unknown, findings: Findings) {
  const parsed = AdvancedConfig.safeParse(advanced ?? {});
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues)
    findings.refuse(["advanced_config", ...path.map(String)].join("."), message);
  findings.throwFaults();
  return {};
}

interface Parts {
  readonly request: ConfigRequest;
  readonly facts: ConfigFacts;
  readonly task: ChosenTask;
  readonly settings: Settings;
  readonly given: ReadonlyMap<string, unknown>;
}

function configOf({ request, facts, task, settings, given }: Parts, findings: Findings): TrainingConfig {
  const epochs = request.epochs ?? JOB_DEFAULTS.epochs;
  const optimiser = resolveOptimiser(settings, request.learningRate, findings);
  const plan = { settings, given, epochs, optimiser };
  const warmup = resolveWarmup(plan, findings);
  const isOverruled = request.learningRate !== null && request.learningRate !== optimiser.learningRate;
  if (facts.frozenByNature && given.get("freeze_backbone") === false)
    findings.warn(
      `advanced_config.freeze_backbone has no effect: ${request.modelName} is a head on fixed features`,
    );
  return {
    framework: task.framework,
    modelName: request.modelName,
    taskType: task.taskType,
    numClasses: facts.numClasses,
    epochs,
    batchSize: request.batchSize ?? JOB_DEFAULTS.batch_size,
    optimiser,
    ...(isOverruled ? { overruledLearningRate: request.learningRate } : {}),
    schedule: resolveSchedule(plan, warmup.epochs, findings),
    warmup,
    augmentation: resolveAugmentation(settings, findings),
    preprocessing: resolvePreprocessing(settings, facts, findings),
    validation: resolveValidation(settings, task, facts.numClasses, findings),
    mixedPrecision: settings.mixed_precision,
    gradientClipNorm: aboveZero(settings.gradient_clip_value),
    accumulationSteps: settings.gradient_accumulation_steps,
    checkpointInterval: aboveZero(settings.checkpoint_interval),
    keepCheckpoints: settings.keep_n_checkpoints,
    seed: settings.seed,
    classWeights: resolveClassWeights(settings, facts, findings),
    balancedSampler: settings.balanced_sampler,
    labelSmoothing: settings.label_smoothing,
    emaDecay: aboveZero(settings.ema_decay),
    freezeBackbone: settings.freeze_backbone || facts.frozenByNature,
    pretrained: settings.pretrained,
    maxRestarts: settings.max_restarts,
  };
}

/** 0 says "off". */
function aboveZero(value: number | null): number | null {
  return value === 0 ? null : value;
}

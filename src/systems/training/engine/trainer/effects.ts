import { initialEffect } from "../../config/initial-effect.ts";
import type { EffectiveConfig, EffectOfSetting, TrainingConfig } from "../../config/training-config.ts";
import type { TrainerTask } from "../port.ts";
import type { InitialWeights } from "./initial-learner.ts";
import type { UsablePictures } from "./usable-pictures.ts";

/** What is known of a run before its first step. */
export interface RunFacts {
  readonly pictures: Pick<UsablePictures, "train" | "validation">;
  readonly fromFile: InitialWeights["fromFile"];
}

/** What the settings do in this run: what the configuration alone decides, and over it what is known only now. */
export function effectsOf(task: TrainerTask, facts: RunFacts): EffectiveConfig {
  const { config } = task;
  return {
    ...initialEffect(config, "embedded"),
    batch_size: batchSize(config.batchSize, facts.pictures.train.places.length),
    gradient_accumulation_steps: accumulation(config, facts),
    pretrained: pretrained(task, facts),
    images: images(task, facts),
    ...(facts.pictures.validation.places.length === 0 ? withoutValidation(config) : {}),
  };
}

function same(value: unknown): EffectOfSetting {
  return { requested: value, effective: value };
}

function batchSize(requested: number, pictures: number): EffectOfSetting {
  if (requested <= pictures) return same(requested);
  return { requested, effective: pictures, reason: `there are only ${pictures} training pictures` };
}

function pretrained(
  { config, resumeFrom, initialWeights }: TrainerTask,
  { fromFile }: RunFacts,
): EffectOfSetting {
  const requested = config.pretrained;
  if (resumeFrom !== null)
    return {
      requested,
      effective: requested && initialWeights !== null,
      reason: "the run goes on from its checkpoint",
    };
  if (fromFile === null)
    return requested
      ? {
          requested,
          effective: false,
          reason: "there are no stored weights of this model: it begins with random ones",
        }
      : same(false);
  const { loaded, fresh } = fromFile;
  if (fresh.length === 0) return { requested, effective: true };
  return {
    requested,
    effective: true,
    reason: `${loaded} tensors are from the file, ${fresh.join(", ")} begin at random`,
  };
}

function images({ images: all }: TrainerTask, { pictures }: RunFacts): EffectOfSetting {
  const requested = all.filter(({ split }) => split !== "test").length;
  const effective = pictures.train.places.length + pictures.validation.places.length;
  return requested === effective
    ? same(requested)
    : {
        requested,
        effective,
        reason: `${requested - effective} pictures cannot be decoded: the log names them`,
      };
}

/** With more batches to a step than an epoch has, the step takes all of them. */
function accumulation(
  { accumulationSteps, batchSize }: TrainingConfig,
  { pictures }: RunFacts,
): EffectOfSetting {
  const batches = Math.ceil(pictures.train.places.length / batchSize);
  if (accumulationSteps <= batches) return same(accumulationSteps);
  return {
    requested: accumulationSteps,
    effective: batches,
    reason: `an epoch has ${batches} batches, and every epoch ends with a step`,
  };
}

function withoutValidation({ validation, schedule }: TrainingConfig): EffectiveConfig {
  const reason = "the dataset has no validation pictures that can be used";
  const off = (requested: unknown): EffectOfSetting => ({ requested, effective: null, reason });
  return {
    "validation.val_interval": off(validation.interval),
    "validation.save_best_metric": off(validation.saveBest.metric),
    ...(validation.earlyStopping === null
      ? {}
      : { "validation.early_stopping": { ...off(true), effective: false } }),
    ...(schedule.type === "reduce_on_plateau" ? { "scheduler.type": off(schedule.type) } : {}),
  };
}

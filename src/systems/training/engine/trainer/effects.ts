import type { EffectiveConfig, EffectOfSetting } from "../../config/training-config.ts";
import type { TrainerTask } from "../port.ts";
import type { InitialWeights } from "./initial-learner.ts";
import type { UsablePictures } from "./usable-pictures.ts";

/** What is known of a run before its first step. */
export interface RunFacts {
  readonly pictures: UsablePictures;
  readonly stepsPerEpoch: number;
  readonly fromFile: InitialWeights["fromFile"];
}

/** What the settings do in this run: those that the configuration alone decides, and over them what is known only now. */
export function effectsOf(task: TrainerTask, facts: RunFacts): EffectiveConfig {
  const { config } = task;
  const effects: Record<string, EffectOfSetting> = {
    "optimizer.learning_rate": same(config.optimiser.learningRate),
    batch_size: batchSize(config.batchSize, facts.pictures.train.places.length),
    pretrained: pretrained(task, facts),
    images: images(task, facts),
  };
  if (config.mixedPrecision) effects.mixed_precision = MIXED_PRECISION;
  if (facts.pictures.validation.places.length === 0) effects["validation.val_interval"] = unvalidated(task);
  return effects;
}

const MIXED_PRECISION: EffectOfSetting = {
  requested: true,
  effective: false,
  reason:
    "the embedded engine computes in float32: onnxruntime's processor kernels have no float16 for convolutions and products, halves would only be converted back and forth",
};

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

function unvalidated({ config }: TrainerTask): EffectOfSetting {
  return {
    requested: config.validation.interval,
    effective: null,
    reason:
      "the dataset has no validation pictures: nothing is validated, no epoch is the best, and early stopping and reduce_on_plateau do not act",
  };
}

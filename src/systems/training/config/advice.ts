import type { Engine } from "./frameworks.ts";
import { initialEffect } from "./initial-effect.ts";
import type { TrainingConfig } from "./training-config.ts";

/** What advice may look at beside the configuration. */
export interface AdviceFacts {
  readonly engine: Engine;
  readonly frozenByNature: boolean;
  /** Training images of the dataset; null where it is not known. */
  readonly trainImages: number | null;
}

type Advisor = (config: TrainingConfig, facts: AdviceFacts) => string | null;

/** What could be better about a configuration that is valid: each with what to do. */
export function adviceOn(config: TrainingConfig, facts: AdviceFacts): readonly string[] {
  const advice = ADVISORS.map((advisor) => advisor(config, facts)).filter((text) => text !== null);
  const limits = Object.entries(initialEffect(config, facts.engine)).flatMap(
    ([name, { effective, reason }]) =>
      reason !== undefined && effective === false ? [`${name}: ${reason}`] : [],
  );
  return [...advice, ...limits];
}

/** Above these, training diverges more often than not: common practice with batch norm and batches of about 32. */
const HIGH_RATES = { adam: 0.01, adamw: 0.01, rmsprop: 0.01, adagrad: 0.1, sgd: 0.5 } as const;
/** Below these, training from scratch hardly moves. */
const LOW_RATES = { adam: 1e-5, adamw: 1e-5, rmsprop: 1e-5, adagrad: 1e-4, sgd: 1e-4 } as const;

const learningRate: Advisor = ({ optimiser: { type, learningRate: rate }, freezeBackbone, pretrained }) => {
  if (rate > HIGH_RATES[type])
    return `A learning rate of ${rate} is high for ${type}: if the loss grows or becomes NaN, try ${HIGH_RATES[type] / 10}`;
  if (rate < LOW_RATES[type] && !pretrained && !freezeBackbone)
    return `A learning rate of ${rate} is low for ${type} from scratch: if the loss hardly falls, try ${LOW_RATES[type] * 100}`;
  return null;
};

const decay: Advisor = ({ optimiser: { type, weightDecay } }) =>
  type === "adam" && weightDecay >= 1e-3
    ? `With adam a weight_decay of ${weightDecay} is scaled by the gradients' size: adamw decays as the number says`
    : null;

const cosineLength: Advisor = ({ schedule, warmup, epochs }) => {
  if (schedule.type !== "cosine") return null;
  const left = epochs - warmup.epochs;
  // the last epoch is `left - 1` after the warm-up: a T_max of that or one more ends at or near eta_min
  if (schedule.tMax < left - 1)
    return `scheduler.T_max ${schedule.tMax} is shorter than the ${left} epochs after the warm-up: the learning rate rises again behind it; leave T_max out to fit it to the run`;
  if (schedule.tMax > left)
    return `scheduler.T_max ${schedule.tMax} is longer than the ${left} epochs after the warm-up: the learning rate does not fall to eta_min; leave T_max out to fit it to the run`;
  return null;
};

const restarts: Advisor = ({ schedule, warmup, epochs }) => {
  if (schedule.type !== "cosine_warm_restarts") return null;
  const left = epochs - warmup.epochs;
  let end = schedule.t0;
  let before = 0;
  for (let period = schedule.t0; end < left; end += period) {
    before = end;
    period *= schedule.tMult;
  }
  if (end === left) return null;
  const better = [before, end].filter((count) => count > 0).map((count) => count + warmup.epochs);
  return `The run ends in the middle of a period of the cosine, at a high learning rate: ${better.join(" or ")} epochs end with one`;
};

const neverReduced: Advisor = ({ schedule, warmup, epochs }) =>
  schedule.type === "step" && schedule.stepSize >= epochs - warmup.epochs
    ? `scheduler.step_size ${schedule.stepSize} is not reached: the learning rate stays as it is for all ${epochs} epochs`
    : null;

const patience: Advisor = ({ validation: { earlyStopping, interval }, epochs }) =>
  earlyStopping !== null && earlyStopping.patience * interval >= epochs
    ? `Early stopping never comes into play: ${earlyStopping.patience} validations without improvement take ${earlyStopping.patience * interval} epochs, and the run has ${epochs}`
    : null;

const plateau: Advisor = ({ schedule, validation: { interval }, epochs }) =>
  schedule.type === "reduce_on_plateau" && (schedule.patience + 1) * interval >= epochs
    ? `scheduler.patience ${schedule.patience} is too long for ${epochs} epochs: the learning rate is never reduced`
    : null;

const batches: Advisor = ({ batchSize, accumulationSteps }, { trainImages }) => {
  if (trainImages === null || trainImages === 0) return null;
  const update = batchSize * accumulationSteps;
  if (update <= trainImages) return null;
  return `One update takes ${update} images, more than the ${trainImages} there are to train with: a smaller batch gives more updates an epoch`;
};

const average: Advisor = ({ emaDecay, batchSize, accumulationSteps, epochs }, { trainImages }) => {
  if (emaDecay === null || trainImages === null || trainImages === 0) return null;
  const updates = Math.ceil(trainImages / batchSize / accumulationSteps) * epochs;
  const initialShare = emaDecay ** updates;
  if (initialShare < 0.01) return null;
  return `After all ${updates} updates ${Math.round(initialShare * 100)} % of the averaged weights would still be the initial ones: choose a smaller ema_decay or more epochs`;
};

const softTwice: Advisor = ({ labelSmoothing, augmentation }) =>
  labelSmoothing > 0 && (augmentation?.mixup || augmentation?.cutmix)
    ? "mixup and cutmix soften the labels already: label_smoothing on top of them often makes the model underconfident"
    : null;

const balancedTwice: Advisor = ({ balancedSampler, classWeights }) =>
  balancedSampler && classWeights === "balanced"
    ? "balanced_sampler and balanced class_weights both make up for rare classes, together twice: choose one of them"
    : null;

const frozenRandom: Advisor = ({ freezeBackbone, pretrained, modelName }, { frozenByNature }) =>
  freezeBackbone && !pretrained && !frozenByNature
    ? `freeze_backbone without pretrained keeps the random weights that ${modelName} begins with: set pretrained too`
    : null;

const costlyFeatures: Advisor = ({ augmentation, modelName }, { frozenByNature }) =>
  frozenByNature && augmentation !== null
    ? `With augmentation the features of ${modelName} are computed anew in every epoch: without it an epoch is many times faster`
    : null;

const noAugmentation: Advisor = ({ augmentation, taskType }, { frozenByNature }) =>
  augmentation === null && !frozenByNature && taskType === "image_classification"
    ? "No augmentation: augmentation.random_flip helps where left and right mean the same (not with digits or text)"
    : null;

const ADVISORS: readonly Advisor[] = [
  learningRate,
  decay,
  cosineLength,
  restarts,
  neverReduced,
  plateau,
  patience,
  batches,
  average,
  softTwice,
  balancedTwice,
  frozenRandom,
  costlyFeatures,
  noAugmentation,
];

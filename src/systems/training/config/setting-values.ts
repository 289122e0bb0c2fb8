import type { AugmentationOptions } from "../../../algorithms/image/augmentation/options.ts";
import type { OptimiserOptions, ScheduleOptions } from "../../../algorithms/learning/options.ts";
import { ALL_FIELDS } from "./fields/all-fields.ts";
import type { TrainingConfig } from "./training-config.ts";

type Values = Readonly<Record<string, unknown>>;

/**
 * The settings that are in force in a configuration, by the client's dotted names: parameters of what is switched off
 * are left out.
 */
export function settingValues(config: TrainingConfig): Values {
  const { preprocessing, validation } = config;
  return {
    ...optimiserValues(config.optimiser),
    ...scheduleValues(config.schedule),
    "scheduler.warmup_epochs": config.warmup.epochs,
    ...(config.warmup.epochs > 0 ? { "scheduler.warmup_lr": config.warmup.learningRate } : {}),
    "augmentation.enabled": config.augmentation !== null,
    ...(config.augmentation === null ? {} : augmentationValues(config.augmentation)),
    "preprocessing.image_size": preprocessing.imageSize,
    "preprocessing.resize_mode": preprocessing.resizeMode,
    "preprocessing.mean": preprocessing.mean,
    "preprocessing.std": preprocessing.std,
    "validation.val_interval": validation.interval,
    "validation.metrics": validation.metrics,
    "validation.save_best_metric": validation.saveBest.metric,
    "validation.save_best_metric_mode": validation.saveBest.mode,
    "validation.early_stopping": validation.earlyStopping !== null,
    ...(validation.earlyStopping === null
      ? {}
      : {
          "validation.early_stopping_patience": validation.earlyStopping.patience,
          "validation.early_stopping_min_delta": validation.earlyStopping.minDelta,
        }),
    ...runValues(config),
  };
}

function runValues(config: TrainingConfig): Values {
  return {
    mixed_precision: config.mixedPrecision,
    gradient_clip_value: config.gradientClipNorm,
    gradient_accumulation_steps: config.accumulationSteps,
    checkpoint_interval: config.checkpointInterval,
    ...(config.checkpointInterval === null ? {} : { keep_n_checkpoints: config.keepCheckpoints }),
    seed: config.seed,
    class_weights: config.classWeights,
    balanced_sampler: config.balancedSampler,
    label_smoothing: config.labelSmoothing,
    ema_decay: config.emaDecay,
    freeze_backbone: config.freezeBackbone,
    pretrained: config.pretrained,
    max_restarts: config.maxRestarts,
  };
}

/** Of the options only those that the type heeds. */
function optimiserValues(options: OptimiserOptions): Values {
  const all: Values = {
    "optimizer.type": options.type,
    "optimizer.learning_rate": options.learningRate,
    "optimizer.weight_decay": options.weightDecay,
    "optimizer.betas": options.betas,
    "optimizer.eps": options.eps,
    "optimizer.amsgrad": options.amsgrad,
    "optimizer.momentum": options.momentum,
    "optimizer.nesterov": options.nesterov,
    "optimizer.alpha": options.alpha,
  };
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => {
      const dependency = ALL_FIELDS.get(name)?.facts.dependsOn;
      return dependency === undefined || dependency.equals.includes(options.type);
    }),
  );
}

/** Names of the schedule's options as torch and the clients have them. */
const SCHEDULE_NAMES: Readonly<Record<string, string>> = {
  type: "type",
  stepSize: "step_size",
  gamma: "gamma",
  milestones: "milestones",
  tMax: "T_max",
  etaMin: "eta_min",
  t0: "T_0",
  tMult: "T_mult",
  mode: "mode",
  factor: "factor",
  patience: "patience",
  threshold: "threshold",
  thresholdMode: "threshold_mode",
  cooldown: "cooldown",
  minLr: "min_lr",
  maxLr: "max_lr",
  pctStart: "pct_start",
  annealStrategy: "anneal_strategy",
  divFactor: "div_factor",
  finalDivFactor: "final_div_factor",
  threePhase: "three_phase",
  cycleMomentum: "cycle_momentum",
  baseMomentum: "base_momentum",
  maxMomentum: "max_momentum",
};

function scheduleValues(schedule: ScheduleOptions): Values {
  return Object.fromEntries(
    Object.entries(schedule).map(([name, value]) => [`scheduler.${SCHEDULE_NAMES[name]}`, value]),
  );
}

function augmentationValues(options: AugmentationOptions): Values {
  const { flip, rotation, crop, colourJitter, erasing, grayscale, blur, mixup, cutmix } = options;
  return {
    ...switched("random_flip", flip && { random_flip_prob: flip.probability }),
    ...switched("random_rotation", rotation && { rotation_degrees: rotation.degrees }),
    ...switched("random_crop", crop && { crop_scale: crop.scale, crop_ratio: crop.ratio }),
    ...switched("color_jitter", colourJitter && { ...colourJitter }),
    ...switched("random_erasing", erasing && { erasing_prob: erasing.probability }),
    ...switched("random_grayscale", grayscale && { grayscale_prob: grayscale.probability }),
    ...switched("gaussian_blur", blur && { blur_sigma: blur.sigma }),
    ...switched("mixup", mixup && { mixup_alpha: mixup.alpha }),
    ...switched("cutmix", cutmix && { cutmix_alpha: cutmix.alpha }),
  };
}

function switched(name: string, parameters: Values | null): Values {
  return Object.fromEntries(
    [[name, parameters !== null] as const, ...Object.entries(parameters ?? {})].map(([key, value]) => [
      `augmentation.${key}`,
      value,
    ]),
  );
}

import type { Findings } from "./findings.ts";
import type { Engine } from "./frameworks.ts";
import { type Settings, settingAt } from "./settings.ts";

/** A setting that an engine does not heed. */
export interface Limit {
  /** In the user's terms, with what to do where something can be done. */
  readonly note: string;
  /** What the engine does in its place; null: nothing, or its own way. */
  readonly effective: boolean | string | null;
}

type Limits = Readonly<Record<string, Limit>>;

const limit = (note: string, effective: Limit["effective"] = null): Limit => ({ note, effective });
const limits = (names: readonly string[], one: Limit): Limits =>
  Object.fromEntries(names.map((name) => [name, one]));

const EMBEDDED: Limits = {
  mixed_precision: limit(
    "The embedded engine computes on the CPU in 32-bit floats, where 16-bit ones would be slower; " +
      "a Python worker with a GPU honours it",
    false,
  ),
};

const QUATRAIN: Limits = {
  pretrained: limit("There are no stored weights of this framework's models: they start from scratch", false),
};

/** Source: docs.ultralytics.com, "Train settings" and "Augmentation settings"; what the Python worker hands on of them. */
const ULTRALYTICS: Limits = {
  ...limits(
    ["optimizer.eps", "optimizer.amsgrad", "optimizer.nesterov", "optimizer.alpha"],
    limit(
      "Ultralytics sets up its optimizers itself; only type, learning rate, decay and momentum are given",
    ),
  ),
  "optimizer.betas": limit("Ultralytics heeds the first one only; the second stays 0.999"),
  "scheduler.T_max": limit("Ultralytics' cosine always falls over the whole run"),
  "scheduler.warmup_lr": limit("Ultralytics warms up from 0, and biases from 0.1"),
  ...limits(
    ["augmentation.random_crop", "augmentation.crop_scale", "augmentation.crop_ratio"],
    limit("Ultralytics scales and shifts images by settings of its own"),
  ),
  ...limits(
    [
      "augmentation.contrast",
      "augmentation.random_erasing",
      "augmentation.erasing_prob",
      "augmentation.random_grayscale",
      "augmentation.grayscale_prob",
      "augmentation.gaussian_blur",
      "augmentation.blur_sigma",
      "augmentation.mixup_alpha",
      "augmentation.cutmix",
      "augmentation.cutmix_alpha",
    ],
    limit("Ultralytics has no such augmentation for detectors, or no parameter for it"),
  ),
  "preprocessing.resize_mode": limit("Ultralytics always pads images to the square", "pad"),
  ...limits(
    ["preprocessing.mean", "preprocessing.std"],
    limit("Ultralytics feeds its models with values of 0 to 1, without a normalisation"),
  ),
  ...limits(
    [
      "validation.val_interval",
      "validation.metrics",
      "validation.save_best_metric",
      "validation.save_best_metric_mode",
      "validation.early_stopping_min_delta",
    ],
    limit("Ultralytics validates every epoch and chooses by its own fitness: 0.1 mAP50 + 0.9 mAP50-95"),
  ),
  gradient_clip_value: limit("Ultralytics always clips the norm at 10"),
  gradient_accumulation_steps: limit("Ultralytics accumulates up to a nominal batch of 64 by itself"),
  ...limits(
    ["class_weights", "balanced_sampler", "label_smoothing"],
    limit("Ultralytics has no such setting for detectors"),
  ),
  ema_decay: limit("Ultralytics always averages weights, with a decay of 0.9999"),
};

/** Values that a framework cannot do at all; a job that asks for others is refused. */
const AVAILABLE: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  ultralytics: {
    "optimizer.type": ["adam", "adamw", "sgd", "rmsprop"],
    "scheduler.type": ["none", "cosine"],
  },
};

/** Why an engine does not heed a setting of a framework; null where it does. */
export function limitOf(framework: string, engine: Engine, name: string): Limit | null {
  const tables = [
    ...(framework === "quatrain" ? [QUATRAIN] : []),
    ...(framework === "ultralytics" ? [ULTRALYTICS] : []),
    ...(engine === "embedded" ? [EMBEDDED] : []),
  ];
  return tables.find((table) => Object.hasOwn(table, name))?.[name] ?? null;
}

/** The values of a select that a framework can do; null where it can do all. */
export function availableValues(framework: string, name: string): readonly string[] | null {
  return AVAILABLE[framework]?.[name] ?? null;
}

/** Refuses what the framework cannot do at all, rather than to do something else. */
export function refuseUnavailable(framework: string, settings: Settings, findings: Findings): void {
  for (const [name, values] of Object.entries(AVAILABLE[framework] ?? {})) {
    const value = settingAt(settings, name);
    if (typeof value === "string" && !values.includes(value))
      findings.refuse(
        `advanced_config.${name}`,
        `${framework} has no ${value}: choose one of ${values.join(", ")}`,
      );
  }
}

import { settingValues } from "./setting-values.ts";
import type { TrainingConfig } from "./training-config.ts";

/** Settings that change nothing in what a step does. */
const MAY_CHANGE: ReadonlySet<string> = new Set([
  "validation.val_interval",
  "validation.metrics",
  "validation.save_best_metric",
  "validation.save_best_metric_mode",
  "validation.early_stopping",
  "validation.early_stopping_patience",
  "validation.early_stopping_min_delta",
  "checkpoint_interval",
  "keep_n_checkpoints",
  "pretrained",
  "max_restarts",
]);

/** A configuration, taken apart for a run that is continued. Names are the client's, sorted; values are JSON. */
export interface ConfigHashParts {
  /** Must be the same, or the continued run is another one. */
  readonly mustMatch: Readonly<Record<string, unknown>>;
  /** May differ. */
  readonly mayChange: Readonly<Record<string, unknown>>;
}

/**
 * What a checkpoint's configuration must have in common with the one that continues it: the model, its classes and
 * whatever decides a step. Epochs may be added, except to one_cycle, whose shape follows from them, and with
 * reduce_on_plateau the validation's interval counts too. Schedules are compared as they were resolved: a cosine keeps
 * the T_max of the run that it began with.
 * @param classes in the order of their ids
 */
export function configHashParts(config: TrainingConfig, classes: readonly string[]): ConfigHashParts {
  const values: Readonly<Record<string, unknown>> = {
    framework: config.framework,
    model_name: config.modelName,
    task_type: config.taskType,
    num_classes: config.numClasses,
    classes,
    epochs: config.epochs,
    batch_size: config.batchSize,
    ...settingValues(config),
  };
  const free = new Set(MAY_CHANGE);
  if (config.schedule.type !== "one_cycle") free.add("epochs");
  if (config.schedule.type === "reduce_on_plateau") free.delete("validation.val_interval");
  const names = Object.keys(values).sort();
  const part = (isFree: boolean) =>
    Object.fromEntries(names.filter((name) => free.has(name) === isFree).map((name) => [name, values[name]]));
  return { mustMatch: part(false), mayChange: part(true) };
}

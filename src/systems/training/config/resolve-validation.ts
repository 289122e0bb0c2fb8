import { type Findings, quoted } from "./findings.ts";
import type { ChosenTask } from "./frameworks.ts";
import { nearestName } from "./nearest-name.ts";
import type { Settings } from "./settings.ts";
import type { MetricName, ValidationOptions } from "./training-config.ts";

/** What other trainers call a metric. */
const OTHER_NAMES: Readonly<Record<string, MetricName>> = {
  acc: "accuracy",
  top1: "accuracy",
  top1_accuracy: "accuracy",
  top5: "top5_accuracy",
  f1_score: "f1",
  map: "map50_95",
  "map50-95": "map50_95",
};

const AT = "advanced_config.validation";

export function resolveValidation(
  { validation }: Settings,
  task: ChosenTask,
  numClasses: number,
  findings: Findings,
): ValidationOptions {
  const asked = (validation.metrics ?? task.reported).map((name) =>
    metricOf(name, task, `${AT}.metrics`, findings),
  );
  const metric =
    validation.save_best_metric === null
      ? task.best
      : metricOf(validation.save_best_metric, task, `${AT}.save_best_metric`, findings);
  const best = modeOf(metric);
  const mode = validation.save_best_metric_mode ?? best;
  if (mode !== best) {
    findings.refuse(
      `${AT}.save_best_metric_mode`,
      `Input should be ${best} for ${metric}, or the worst checkpoint is kept as the best`,
    );
  }
  if (metric === "top5_accuracy" && numClasses > 0 && numClasses <= 5)
    findings.warn(`${AT}.save_best_metric top5_accuracy is always 1 with ${numClasses} classes`);
  return {
    interval: validation.val_interval,
    metrics: [...new Set([...asked, metric])],
    saveBest: { metric, mode },
    earlyStopping: validation.early_stopping
      ? { patience: validation.early_stopping_patience, minDelta: validation.early_stopping_min_delta }
      : null,
  };
}

/** The direction in which a metric improves. */
export function modeOf(metric: MetricName): "min" | "max" {
  return metric === "loss" ? "min" : "max";
}

/** `val_` before a name says what is meant anyway. */
function metricOf(given: string, task: ChosenTask, field: string, findings: Findings): MetricName {
  const plain = given.trim().toLowerCase().replace(/^val_/, "");
  const name = Object.hasOwn(OTHER_NAMES, plain) ? OTHER_NAMES[plain] : plain;
  const known = task.metrics.find((metric) => metric === name);
  if (known !== undefined) return known;
  const near = nearestName(plain, task.metrics);
  findings.refuse(
    field,
    `${quoted(given)} is no metric of ${task.taskType}${near === null ? "" : ` (did you mean ${near}?)`}: ` +
      `there are ${task.metrics.join(", ")}`,
  );
  return task.best;
}

import { ADVANCED_FIELDS } from "../../../contracts/training/advanced-config.ts";
import { ALL_FIELDS } from "./fields/all-fields.ts";
import { type Findings, quoted } from "./findings.ts";
import { nearestName } from "./nearest-name.ts";
import { GROUP_NAMES } from "./settings.ts";

/** What other trainers call a setting, where the letters do not tell. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  lr: "optimizer.learning_rate",
  lr0: "optimizer.learning_rate",
  wd: "optimizer.weight_decay",
  beta1: "optimizer.betas",
  beta2: "optimizer.betas",
  amp: "mixed_precision",
  fp16: "mixed_precision",
  grad_clip: "gradient_clip_value",
  max_grad_norm: "gradient_clip_value",
  accumulate: "gradient_accumulation_steps",
  save_period: "checkpoint_interval",
  imgsz: "preprocessing.image_size",
  img_size: "preprocessing.image_size",
  horizontal_flip: "augmentation.random_flip",
  patience: "validation.early_stopping_patience",
  monitor: "validation.save_best_metric",
  freeze: "freeze_backbone",
  epochs: "epochs of the job",
  batch_size: "batch_size of the job",
};

const KNOWN_NAMES = [...ALL_FIELDS.keys()];

/** Warns of every key that is no setting: it is kept and does nothing. */
export function warnOfUnknown(given: Readonly<Record<string, unknown>>, findings: Findings): void {
  for (const key of Object.keys(given)) {
    const isGroup = (GROUP_NAMES as readonly string[]).includes(key);
    if (!isGroup && !Object.hasOwn(ADVANCED_FIELDS.settings, key)) warn(key, findings);
  }
  for (const name of GROUP_NAMES) {
    const group = given[name];
    if (typeof group !== "object" || group === null) continue;
    for (const key of Object.keys(group)) {
      if (!Object.hasOwn(ADVANCED_FIELDS[name], key)) warn(`${name}.${key}`, findings);
    }
  }
}

function warn(name: string, findings: Findings): void {
  findings.warn(() => {
    const last = name.slice(name.lastIndexOf(".") + 1);
    const meant = Object.hasOwn(OTHER_NAMES, last) ? OTHER_NAMES[last] : nearestName(name, KNOWN_NAMES);
    const advice = meant ? `: did you mean ${meant}?` : "";
    return `advanced_config: unknown setting ${quoted(name)}, ignored${advice}`;
  });
}

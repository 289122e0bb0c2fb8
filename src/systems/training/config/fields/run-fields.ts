import type { ADVANCED_FIELDS } from "../../../../contracts/training/advanced-config.ts";
import type { Dependency, GroupFacts } from "./field-facts.ts";

type Groups = typeof ADVANCED_FIELDS;
const stopsEarly: Dependency = { name: "validation.early_stopping", equals: [true] };
const fromTheModel = "the model's own";

export const PREPROCESSING_FACTS: GroupFacts<Groups["preprocessing"]> = {
  image_size: { label: "Image Size (pixels)", step: 8, byDefault: fromTheModel },
  resize_mode: {
    label: "Resize Mode",
    options: {
      resize: ["Resize", "Stretched to the square"],
      resize_crop: ["Resize and crop", "The middle of the image, with its proportions"],
      pad: ["Pad", "The whole image with its proportions, on black"],
    },
  },
  mean: { label: "Mean", step: 0.001, listType: "list", byDefault: fromTheModel },
  std: { label: "Standard Deviation", step: 0.001, listType: "list", byDefault: fromTheModel },
};

export const VALIDATION_FACTS: GroupFacts<Groups["validation"]> = {
  val_interval: { label: "Validation Interval (epochs)", step: 1 },
  metrics: { label: "Metrics", listType: "multiselect" },
  save_best_metric: { label: "Best Checkpoint by" },
  save_best_metric_mode: {
    label: "Best Checkpoint Mode",
    options: { min: ["min", "The smallest value is best"], max: ["max", "The largest value is best"] },
  },
  early_stopping: { label: "Early Stopping" },
  early_stopping_patience: { label: "Early Stopping Patience", step: 1, dependsOn: stopsEarly },
  early_stopping_min_delta: { label: "Early Stopping Minimum Change", step: 1e-4, dependsOn: stopsEarly },
};

export const RUN_FACTS: GroupFacts<Groups["settings"]> = {
  preset: {
    label: "Preset",
    options: {
      basic: ["Basic", "Adam and a mirrored image now and then: a first run"],
      standard: ["Standard", "AdamW with a warmed-up cosine, colour changes and early stopping"],
      aggressive: ["Aggressive", "Strong augmentation and regularisation, for long runs"],
      fine_tuning: ["Fine-tuning", "Small steps, for weights that are already good"],
    },
    byDefault: "none",
  },
  mixed_precision: { label: "Mixed Precision" },
  gradient_clip_value: { label: "Gradient Clipping (norm)", step: 0.1, byDefault: "off" },
  gradient_accumulation_steps: { label: "Gradient Accumulation (batches)", step: 1 },
  checkpoint_interval: { label: "Checkpoint Interval (epochs)", step: 1, byDefault: "none" },
  keep_n_checkpoints: { label: "Checkpoints to Keep", step: 1 },
  seed: { label: "Seed", step: 1 },
  class_weights: {
    label: "Class Weights",
    options: {
      none: ["None", "Every image counts the same"],
      balanced: ["Balanced", "Every class counts the same"],
    },
    byDefault: "none",
  },
  balanced_sampler: { label: "Balanced Sampler" },
  label_smoothing: { label: "Label Smoothing", step: 0.01 },
  ema_decay: { label: "Weight Average (EMA) Decay", step: 0.001, byDefault: "off" },
  freeze_backbone: { label: "Freeze Backbone" },
  pretrained: { label: "Pretrained Weights" },
  max_restarts: { label: "Restarts", step: 1 },
};

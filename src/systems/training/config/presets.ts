/**
 * Settings with a name, ready to be sent as `advanced_config`. Source: spec/training.md section 2, "Presets".
 * A cosine's T_max is left out: it follows the run's epochs.
 */
export const PRESETS = {
  basic: {
    optimizer: { type: "adam", learning_rate: 1e-3 },
    scheduler: { type: "none" },
    augmentation: { enabled: true, random_flip: true, random_flip_prob: 0.5 },
  },
  standard: {
    optimizer: { type: "adamw", learning_rate: 3e-4, weight_decay: 0.01 },
    scheduler: { type: "cosine", eta_min: 1e-6, warmup_epochs: 5, warmup_lr: 1e-6 },
    augmentation: {
      enabled: true,
      random_flip: true,
      random_flip_prob: 0.5,
      color_jitter: true,
      brightness: 0.2,
      contrast: 0.2,
      saturation: 0.2,
      hue: 0.1,
    },
    validation: {
      metrics: ["accuracy", "precision", "recall", "f1"],
      early_stopping: true,
      early_stopping_patience: 10,
    },
    mixed_precision: true,
    gradient_clip_value: 1,
  },
  aggressive: {
    optimizer: { type: "adamw", learning_rate: 1e-3, weight_decay: 0.05 },
    scheduler: { type: "cosine_warm_restarts", T_0: 10, T_mult: 2, warmup_epochs: 3 },
    augmentation: {
      enabled: true,
      random_flip: true,
      random_flip_prob: 0.5,
      random_rotation: true,
      rotation_degrees: 15,
      random_crop: true,
      crop_scale: [0.7, 1],
      color_jitter: true,
      brightness: 0.3,
      contrast: 0.3,
      saturation: 0.3,
      hue: 0.15,
      random_erasing: true,
      erasing_prob: 0.5,
      mixup: true,
      mixup_alpha: 0.2,
      cutmix: true,
      cutmix_alpha: 1,
    },
    validation: { early_stopping: true, early_stopping_patience: 15 },
    mixed_precision: true,
    gradient_clip_value: 1,
  },
  fine_tuning: {
    optimizer: { type: "sgd", learning_rate: 1e-4, momentum: 0.9, weight_decay: 1e-4, nesterov: true },
    scheduler: { type: "step", step_size: 10, gamma: 0.1 },
  },
} as const;

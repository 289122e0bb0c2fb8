import type {
  AugmentationOptions,
  PreprocessingOptions,
} from "../../../algorithms/image/augmentation/options.ts";
import type {
  OptimiserOptions,
  ScheduleOptions,
  WarmupOptions,
} from "../../../algorithms/learning/options.ts";

/** Metrics of classifiers by which the best checkpoint can be chosen, and which can be asked for. */
export const METRIC_NAMES = ["accuracy", "precision", "recall", "f1", "loss", "top5_accuracy"] as const;
/** Those of detectors: mean average precision at an overlap of 0.5, and over 0.5 to 0.95. */
export const DETECTION_METRIC_NAMES = ["map50", "map50_95", "precision", "recall", "loss"] as const;
export type MetricName = (typeof METRIC_NAMES)[number] | (typeof DETECTION_METRIC_NAMES)[number];

/** A run's configuration with every default filled in: what a trainer does, nothing left to decide. */
export interface TrainingConfig {
  readonly framework: string;
  readonly modelName: string;
  readonly taskType: string;
  readonly numClasses: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimiser: OptimiserOptions;
  /** The job's own learning rate, where `advanced_config` has overruled it with another. */
  readonly overruledLearningRate?: number;
  readonly schedule: ScheduleOptions;
  readonly warmup: WarmupOptions;
  /** Null: off. */
  readonly augmentation: AugmentationOptions | null;
  readonly preprocessing: PreprocessingOptions;
  readonly validation: ValidationOptions;
  readonly mixedPrecision: boolean;
  /** Largest norm of all gradients together; null: off. */
  readonly gradientClipNorm: number | null;
  readonly accumulationSteps: number;
  /** Epochs between two checkpoints that are kept beside the last and the best; null: none. */
  readonly checkpointInterval: number | null;
  /** How many of those are kept. */
  readonly keepCheckpoints: number;
  readonly seed: number;
  /** `balanced`: samples / (classes * samples of the class). */
  readonly classWeights: "balanced" | Readonly<Record<string, number>> | null;
  readonly balancedSampler: boolean;
  readonly labelSmoothing: number;
  /** Decay of the moving average of weights, which is validated and exported; null: off. */
  readonly emaDecay: number | null;
  readonly freezeBackbone: boolean;
  /** Begin with stored weights of the model's name where there are some. */
  readonly pretrained: boolean;
  /** How often a job that lost its process is begun again. */
  readonly maxRestarts: number;
}

export interface ValidationOptions {
  /** Epochs between two validations; the last epoch is always validated. */
  readonly interval: number;
  readonly metrics: readonly MetricName[];
  /** Whether the best checkpoint is kept beside the last. */
  readonly saveBest: { readonly metric: MetricName; readonly mode: "min" | "max" };
  readonly earlyStopping: { readonly patience: number; readonly minDelta: number } | null;
}

/** What one knob did: shown as `effective_config`. */
export interface EffectOfSetting {
  readonly requested: unknown;
  /** What the engine did in its place; the same as requested where it was done. */
  readonly effective: unknown;
  /** Why they differ; absent where they do not. */
  readonly reason?: string;
}

/** By dotted path: `optimizer.learning_rate`, `mixed_precision`. */
export type EffectiveConfig = Readonly<Record<string, EffectOfSetting>>;

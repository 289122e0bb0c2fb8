import type { EffectiveConfig, TrainingConfig } from "../config/training-config.ts";
import type { ManifestImage } from "../datasets/manifest.ts";

/**
 * What a trainer is told and what it tells: the messages between the server and the process that trains, whatever
 * language that is in. Everything is JSON.
 */

/** One run, or its continuation. */
export interface TrainerTask {
  readonly jobId: number;
  /** 1 for the first start; raised with each start and each restart. */
  readonly attempt: number;
  readonly config: TrainingConfig;
  readonly classes: readonly string[];
  readonly images: readonly TrainerImage[];
  /** A folder of the trainer's own, empty. What is announced there is taken away by the server. */
  readonly workDir: string;
  /** A checkpoint of this job to continue from. */
  readonly resumeFrom: string | null;
  /** A safetensors file with the framework's own names, to begin with. */
  readonly initialWeights: string | null;
  /** Compute threads. */
  readonly threads: number;
}

/** A picture of the frozen dataset with its file on this machine. */
export interface TrainerImage extends Pick<ManifestImage, "path" | "split" | "label" | "boxes"> {
  readonly file: string;
}

export type TrainerOrder =
  | { readonly type: "train"; readonly task: TrainerTask }
  /** Write a checkpoint, say `stopped`, end. */
  | { readonly type: "stop" }
  /** The file of a `checkpoint` or `validation` has been taken: the next one may be written. */
  | { readonly type: "taken" };

export type TrainerEvent =
  | TrainerStarted
  | { readonly type: "log"; readonly level: "info" | "warning" | "error"; readonly message: string }
  | TrainerStep
  | TrainerEpoch
  | TrainerValidation
  | TrainerCheckpoint
  | { readonly type: "completed"; readonly epochs: number; readonly earlyStopped: boolean }
  | { readonly type: "stopped"; readonly epoch: number }
  | TrainerFailed;

export interface TrainerStarted {
  readonly type: "started";
  /** Trainable numbers of the model. */
  readonly parameters: number;
  readonly trainImages: number;
  readonly validationImages: number;
  readonly stepsPerEpoch: number;
  /** Epoch that begins now: 1 unless it continues. */
  readonly firstEpoch: number;
  readonly effective: EffectiveConfig;
}

/** Progress within an epoch, a few times a second at most. */
export interface TrainerStep {
  readonly type: "step";
  readonly epoch: number;
  /** From 1, within the epoch. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly loss: number;
  readonly learningRate: number;
}

/** An epoch is over; its checkpoint follows. */
export interface TrainerEpoch {
  readonly type: "epoch";
  /** From 1. */
  readonly epoch: number;
  /** Mean training loss. */
  readonly loss: number;
  /** Of the validation where the epoch was validated, else of the training pictures as they were seen. 0..1 */
  readonly accuracy: number;
  /** Used in the epoch; at its first step for schedules that step per batch. */
  readonly learningRate: number;
  /** train_accuracy, val_loss, val_accuracy, precision, recall, f1, grad_norm, seconds, ... */
  readonly extra: Readonly<Record<string, number>>;
}

export interface TrainerValidation {
  readonly type: "validation";
  readonly epoch: number;
  readonly report: ValidationReport;
  /** JSON lines file of `ImageResult`s in the work folder. */
  readonly imagesFile: string;
}

export interface ValidationReport {
  readonly loss: number;
  /** accuracy, precision, recall, f1 (macro), top5_accuracy, ... 0..1 */
  readonly metrics: Readonly<Record<string, number>>;
  /** By class name. */
  readonly perClass: Readonly<Record<string, ClassReport>>;
  /** Rows: true class, columns: predicted, in the order of the classes. */
  readonly confusion: readonly (readonly number[])[];
  /** By class name: recall, precision at falling thresholds, at most 101 points. */
  readonly prCurves: Readonly<Record<string, PrCurve>>;
  /** Expected calibration error over 15 bins, 0..1. */
  readonly calibrationError: number;
}

export interface ClassReport {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
  readonly averagePrecision: number;
}

export interface PrCurve {
  readonly precision: readonly number[];
  readonly recall: readonly number[];
  readonly thresholds: readonly number[];
}

/** How one validation picture went. */
export interface ImageResult {
  readonly path: string;
  readonly trueLabel: number;
  readonly predictedLabel: number;
  /** Of the predicted class, 0..1. */
  readonly confidence: number;
  /** Cross-entropy. */
  readonly loss: number;
  /** At most five, most likely first. */
  readonly top: readonly { readonly label: number; readonly confidence: number }[];
}

export interface TrainerCheckpoint {
  readonly type: "checkpoint";
  /** `last` always; `best` where the metric has improved; `periodic` where the interval says so. */
  readonly roles: readonly ("last" | "best" | "periodic")[];
  readonly epoch: number;
  /** A whole, synced file in the work folder. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** The metric that `saveBest` names, at this epoch. */
  readonly metric: number | null;
}

export interface TrainerFailed {
  readonly type: "failed";
  /** `nan_loss`, `disk_full`, `no_images`, `checkpoint_unreadable`, `out_of_memory`, `trainer_fault` */
  readonly code: string;
  /** In the user's terms, with what to do. */
  readonly message: string;
  readonly epoch: number | null;
  readonly traceback: string | null;
}

import { z } from "zod";
import { type QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";

const whole = z.number().int().nonnegative();
const triple = z.tuple([z.number(), z.number(), z.number()]);

/** What a checkpoint says of itself: everything needed to use its weights. */
export const checkpointFacts = z.object({
  formatVersion: z.literal(1),
  /** Of Quatrain. */
  version: z.string(),
  framework: z.string(),
  modelName: z.string(),
  taskType: z.string(),
  frozen: z.boolean(),
  /** In the order of the logits. */
  classes: z.array(z.string()).min(1),
  preprocessing: z.object({
    imageSize: whole.min(1),
    resizeMode: z.enum(["resize", "resize_crop", "pad"]),
    mean: triple,
    std: triple,
  }),
  /** Whole epochs of training. */
  epoch: whole,
  /** The metric that chooses the best checkpoint, of this epoch's validation; null where there was none. */
  metric: z.object({ name: z.string(), value: z.number() }).nullable(),
});
export type CheckpointFacts = z.infer<typeof checkpointFacts>;

/** Where a run stands: what it needs to go on as if it had never been interrupted, apart from the numbers in tensors. */
export const trainingProgress = z.object({
  /** Settings without which the rest means nothing, by dotted path: `configHashParts`. */
  mustMatch: z.record(z.string(), z.unknown()),
  /** Usable training pictures. */
  trainImages: whole,
  /** Optimiser steps of the next epoch that were taken already; 0 between epochs. */
  step: whole,
  /** Over those steps. */
  sums: z.object({
    pictures: whole,
    /** Loss times pictures. */
    loss: z.number(),
    correct: whole,
    gradientNorm: z.number(),
    seconds: z.number(),
  }),
  optimiser: z.record(z.string(), z.number()),
  schedule: z.unknown(),
  /** What `best` and `patience` go by. */
  judgedBy: z.object({ metric: z.string(), mode: z.enum(["min", "max"]) }),
  best: z.object({ value: z.number(), epoch: whole }).nullable(),
  /** Of early stopping: the value that has to be beaten, and validations since then. */
  patience: z.object({ best: z.number().nullable(), waited: whole }),
});
export type TrainingProgress = z.infer<typeof trainingProgress>;

/** Numbers with their shape, row-major. */
export interface ShapedNumbers {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export type NumbersByName = ReadonlyMap<string, ShapedNumbers>;

/** A training run between two steps. */
export interface Checkpoint {
  readonly facts: CheckpointFacts;
  readonly progress: TrainingProgress;
  /** Parameters and buffers by torch's names. */
  readonly model: NumbersByName;
  /** Moments of the optimiser: `exp_avg/conv1.weight`. */
  readonly optimiser: NumbersByName;
  /** The moving average of the model; empty where there is none. */
  readonly average: NumbersByName;
}

/** Weights to predict with: the moving average where there is one. They are the checkpoint's own arrays. */
export function predictionWeights({ model, average }: Checkpoint): Map<string, Float32Array> {
  const chosen = new Map([...model, ...average]);
  return new Map([...chosen].map(([name, { data }]) => [name, data]));
}

/** `checkpoint_unreadable` (422). `problem` follows "the checkpoint cannot be used: ". */
export function unreadable(problem: string): QuatrainError {
  return userError(
    "checkpoint_unreadable",
    422,
    `The checkpoint cannot be used: ${problem}. Choose another checkpoint of the job, or start it from the beginning`,
  );
}

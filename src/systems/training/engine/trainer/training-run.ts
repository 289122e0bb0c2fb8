import type { MovingAverage } from "../../../../algorithms/learning/moving-average.ts";
import type { Optimiser } from "../../../../algorithms/learning/optimisers/optimiser.ts";
import type { Schedule } from "../../../../algorithms/learning/schedules/schedule.ts";
import type { TrainingConfig } from "../../config/training-config.ts";
import type { TrainingProgress } from "../checkpoint.ts";
import type { ModelDefinition } from "../models/model.ts";
import type { BatchInputs } from "./batch-inputs.ts";
import type { EpochSums } from "./epoch-sums.ts";
import type { ModelSessions } from "./model-sessions.ts";
import type { ServerLink } from "./server-link.ts";

/** All that a run consists of while it runs. */
export interface TrainingRun {
  readonly config: TrainingConfig;
  readonly classes: readonly string[];
  readonly workDir: string;
  readonly link: ServerLink;
  readonly definition: ModelDefinition;
  readonly sessions: ModelSessions;
  readonly inputs: BatchInputs;
  readonly learner: Learner;
  readonly standing: Standing;
}

/** The numbers that training changes. */
export interface Learner {
  /** Parameters and buffers. */
  readonly weights: ReadonlyMap<string, Float32Array>;
  readonly optimiser: Optimiser;
  readonly schedule: Schedule;
  /** Null where no moving average is kept. */
  readonly average: MovingAverage | null;
}

/** How far a run has come. */
export interface Standing {
  /** Whole epochs. */
  epoch: number;
  /** Optimiser steps of the epoch after those. */
  step: number;
  /** Over those steps. */
  sums: EpochSums;
  best: TrainingProgress["best"];
  patience: TrainingProgress["patience"];
}

/** Weights to validate with: the moving average where there is one. */
export function judgedWeights({ weights, average }: Learner): ReadonlyMap<string, Float32Array> {
  return average?.weights ?? weights;
}

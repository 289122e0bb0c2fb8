import { readFile } from "node:fs/promises";
import { MovingAverage } from "../../../../algorithms/learning/moving-average.ts";
import { openOptimiser } from "../../../../algorithms/learning/optimisers/optimiser.ts";
import { openSchedule } from "../../../../algorithms/learning/schedules/schedule.ts";
import type { TrainingConfig } from "../../config/training-config.ts";
import { loadTimmWeights } from "../models/load-timm-weights.ts";
import type { ModelDefinition } from "../models/model.ts";
import type { Learner } from "./training-run.ts";

/** What the first step begins with. */
export interface InitialWeights {
  readonly weights: Map<string, Float32Array>;
  /** Tensors that came from a file, and those that did not; null where there was no file. */
  readonly fromFile: { readonly loaded: number; readonly fresh: readonly string[] } | null;
}

/**
 * Fresh weights, or those of a file where one is given.
 * @param file safetensors with the framework's names
 * @throws QuatrainError where the file is none or does not fit the model
 */
export async function initialWeights(
  definition: ModelDefinition,
  seed: number,
  file: string | null,
): Promise<InitialWeights> {
  const weights = definition.initialWeights(seed);
  if (file === null) return { weights, fromFile: null };
  const { loaded, missing, mismatched } = loadTimmWeights(await readFile(file), definition, weights);
  return { weights, fromFile: { loaded: loaded.length, fresh: [...missing, ...mismatched] } };
}

/** A learner before its first step. It keeps `weights`, and averages from them on. */
export function openLearner(
  config: TrainingConfig,
  definition: ModelDefinition,
  weights: ReadonlyMap<string, Float32Array>,
  stepsPerEpoch: number,
): Learner {
  const sizes = definition.parameters.map(({ name }) => [name, weights.get(name)?.length ?? 0] as const);
  const { optimiser, epochs } = config;
  const run = { learningRate: optimiser.learningRate, epochs, stepsPerEpoch };
  return {
    weights,
    optimiser: openOptimiser(optimiser, new Map(sizes)),
    schedule: openSchedule(config.schedule, config.warmup, run),
    average: config.emaDecay === null ? null : new MovingAverage(config.emaDecay, weights),
  };
}

import { readFile } from "node:fs/promises";
import { MovingAverage } from "../../../../algorithms/learning/moving-average.ts";
import { openOptimiser } from "../../../../algorithms/learning/optimisers/optimiser.ts";
import { openSchedule } from "../../../../algorithms/learning/schedules/schedule.ts";
import { writeSafetensors } from "../../../../ml/weights/safetensors.ts";
import type { TrainingConfig } from "../../config/training-config.ts";
import { decodeCheckpoint, isCheckpoint } from "../checkpoint-file.ts";
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
 * @param file safetensors with the framework's names, or a checkpoint of another run
 * @throws QuatrainError where the file is none or does not fit the model
 */
export async function initialWeights(
  definition: ModelDefinition,
  seed: number,
  file: string | null,
): Promise<InitialWeights> {
  const weights = definition.initialWeights(seed);
  if (file === null) return { weights, fromFile: null };
  const bytes = await byOwnNames(await readFile(file));
  const { loaded, missing, mismatched } = loadTimmWeights(bytes, definition, weights);
  return { weights, fromFile: { loaded: loaded.length, fresh: [...missing, ...mismatched] } };
}

/** A file of weights; of a checkpoint those that it predicts with. What is no safetensors file is left as it is. */
async function byOwnNames(bytes: Uint8Array): Promise<Uint8Array> {
  if (!isCheckpoint(bytes)) return bytes;
  const { model, average } = await decodeCheckpoint(bytes);
  const tensors = [...model, ...average].map(
    ([name, { shape, data }]) =>
      [name, { type: "F32", shape, bytes: new Uint8Array(data.buffer) } as const] as const,
  );
  return writeSafetensors({ tensors: new Map(tensors), metadata: {} });
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

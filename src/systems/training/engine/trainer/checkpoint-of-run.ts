import { VERSION } from "../../../../platform/version.ts";
import type { TrainingConfig } from "../../config/training-config.ts";
import { type Checkpoint, type NumbersByName, type TrainingProgress, unreadable } from "../checkpoint.ts";
import { NOTHING } from "./epoch-sums.ts";
import type { Learner, Standing, TrainingRun } from "./training-run.ts";

/** A checkpoint of a run as it stands, over the run's own arrays: encode it before the next step. */
export function checkpointOf(run: TrainingRun, metric: number | null): Checkpoint {
  const { config, classes, learner, standing, inputs } = run;
  const { optimiser, schedule, weights, average } = learner;
  const { numbers, slots } = optimiser.state();
  return {
    facts: {
      formatVersion: 1,
      version: VERSION,
      framework: config.framework,
      modelName: config.modelName,
      taskType: config.taskType,
      frozen: config.freezeBackbone,
      classes: [...classes],
      preprocessing: copyOf(config.preprocessing),
      epoch: standing.epoch,
      metric: metric === null ? null : { name: config.validation.saveBest.metric, value: metric },
    },
    progress: {
      seed: config.seed,
      mustMatch: partsThatMustMatch(config),
      trainImages: inputs.trainLabels.length,
      step: standing.step,
      sums: standing.sums,
      optimiser: { ...numbers },
      schedule: schedule.state(),
      best: standing.best,
      patience: standing.patience,
    },
    model: shaped(run, weights),
    optimiser: new Map([...slots].map(([name, data]) => [name, { shape: [data.length], data }])),
    average: average === null ? new Map() : shaped(run, average.weights),
  };
}

/**
 * Puts a run where a checkpoint of it stood.
 * @param classes the run's
 * @throws QuatrainError `checkpoint_unreadable` where it is one of another run, naming what differs
 */
export function restoreLearner(
  { facts, progress, model, optimiser, average }: Checkpoint,
  run: Pick<TrainingRun, "config" | "classes"> & { readonly learner: Learner },
): void {
  const { learner } = run;
  const wanted = { ...partsThatMustMatch(run.config), classes: run.classes };
  const stored: Record<string, unknown> = { ...progress.mustMatch, classes: facts.classes };
  for (const [path, value] of Object.entries(wanted))
    if (JSON.stringify(value) !== JSON.stringify(stored[path]))
      throw unreadable(
        `it was made with ${path} ${JSON.stringify(stored[path])}, the job has ${JSON.stringify(value)}`,
      );
  try {
    for (const [name, values] of learner.weights) values.set(numbersOf(model, name, values.length));
    learner.optimiser.restore({ numbers: progress.optimiser, slots: flat(optimiser) });
    learner.schedule.restore(progress.schedule);
    learner.average?.restore(flat(average));
  } catch (error) {
    if (error instanceof RangeError) throw unreadable(error.message);
    throw error;
  }
}

/**
 * How far the run of a checkpoint had come. With other pictures than then, a part of an epoch is none of the epoch to
 * come: that one begins anew.
 */
export function standingOf({ facts, progress }: Checkpoint, trainImages: number): Standing {
  const { best, patience } = progress;
  const samePictures = progress.trainImages === trainImages;
  const { step, sums } = samePictures ? progress : { step: 0, sums: NOTHING };
  return { epoch: facts.epoch, step, sums, best, patience };
}

/** Settings by which the numbers of a checkpoint mean something, by dotted path. */
function partsThatMustMatch(config: TrainingConfig): TrainingProgress["mustMatch"] {
  return {
    framework: config.framework,
    model_name: config.modelName,
    batch_size: config.batchSize,
    seed: config.seed,
    "preprocessing.image_size": config.preprocessing.imageSize,
    "preprocessing.mean": config.preprocessing.mean,
    "preprocessing.std": config.preprocessing.std,
    "optimizer.type": config.optimiser.type,
    "optimizer.amsgrad": config.optimiser.amsgrad,
    "scheduler.type": config.schedule.type,
    gradient_accumulation_steps: config.accumulationSteps,
    freeze_backbone: config.freezeBackbone,
    ema: config.emaDecay !== null,
  };
}

function shaped({ definition }: TrainingRun, weights: Learner["weights"]): NumbersByName {
  const all = [...definition.parameters, ...definition.frozenParameters, ...definition.buffers];
  return new Map(all.map(({ name, shape }) => [name, { shape, data: weights.get(name) ?? missing(name) }]));
}

function missing(name: string): never {
  throw new RangeError(`the model has ${name}, the run does not`);
}

function numbersOf(numbers: NumbersByName, name: string, length: number): Float32Array {
  const data = numbers.get(name)?.data;
  if (data?.length !== length) throw new RangeError(`its weights ${name} are missing or of another size`);
  return data;
}

function flat(numbers: NumbersByName): Map<string, Float32Array> {
  return new Map([...numbers].map(([name, { data }]) => [name, data]));
}

function copyOf({ imageSize, resizeMode, mean, std }: TrainingConfig["preprocessing"]) {
  const triple = ([r, g, b]: readonly [number, number, number]): [number, number, number] => [r, g, b];
  return { imageSize, resizeMode, mean: triple(mean), std: triple(std) };
}

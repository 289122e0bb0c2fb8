import { isDeepStrictEqual } from "node:util";
import { VERSION } from "../../../../platform/version.ts";
import { configHashParts } from "../../config/config-hash-parts.ts";
import type { TrainingConfig } from "../../config/training-config.ts";
import { type Checkpoint, type NumbersByName, unreadable } from "../checkpoint.ts";
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
      mustMatch: { ...configHashParts(config, classes).mustMatch },
      trainImages: inputs.trainLabels.length,
      step: standing.step,
      sums: standing.sums,
      optimiser: { ...numbers },
      schedule: schedule.state(),
      judgedBy: { ...config.validation.saveBest },
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
  { progress, model, optimiser, average }: Checkpoint,
  run: Pick<TrainingRun, "config" | "classes"> & { readonly learner: Learner },
): void {
  const { learner } = run;
  demandSameSettings(progress.mustMatch, configHashParts(run.config, run.classes).mustMatch);
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

function demandSameSettings(stored: Settings, wanted: Settings): void {
  const differing = Object.keys(wanted).find(
    (name) => !isDeepStrictEqual(stored[name], asJson(wanted[name])),
  );
  if (differing === undefined) return;
  const [then, now] = [stored, wanted].map((settings) => JSON.stringify(settings[differing]));
  throw unreadable(`it was made with ${differing} ${then}, the job has ${now}`);
}

type Settings = Readonly<Record<string, unknown>>;

/** As it comes back from a file: an undefined value is none. */
function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/**
 * How far the run of a checkpoint had come. With other pictures than then, a part of an epoch is none of the epoch to
 * come: that one begins anew. With another metric to choose by, no epoch is the best yet.
 */
export function standingOf(
  { facts, progress }: Checkpoint,
  trainImages: number,
  { saveBest }: TrainingConfig["validation"],
): Standing {
  const { step, sums } = progress.trainImages === trainImages ? progress : { step: 0, sums: NOTHING };
  const sameMetric = isDeepStrictEqual(progress.judgedBy, asJson(saveBest));
  const { best, patience } = sameMetric ? progress : { best: null, patience: { best: null, waited: 0 } };
  return { epoch: facts.epoch, step, sums, best, patience };
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

import { TrainingFailure } from "./failures.ts";
import type { TrainingRun } from "./training-run.ts";

type Run = Pick<TrainingRun, "config" | "learner">;

/** Where in a run something happens: the epoch from 1, the optimiser step in it from 0. */
export interface Place {
  readonly epoch: number;
  readonly step: number;
}

/** The loss of a step is no number any more. */
export function lossBroke(run: Run, place: Place, loss: number): TrainingFailure {
  return broken(run, place, `the loss became ${loss}`);
}

/** The gradients of a step are no numbers any more. */
export function gradientsBroke(run: Run, place: Place): TrainingFailure {
  return broken(run, place, "the gradients became infinite");
}

/** @throws TrainingFailure `nan_loss` where a weight is no number: a checkpoint of them would be worth nothing */
export function demandSoundWeights(run: Run, place: Place): void {
  for (const [name, values] of run.learner.weights)
    if (!values.every(Number.isFinite)) throw broken(run, place, `the weights ${name} became infinite`);
}

/** `nan_loss` with where it happened and what to change. `what` is a clause. */
export function broken({ config, learner }: Run, { epoch, step }: Place, what: string): TrainingFailure {
  const { learningRate } = learner.schedule.at(epoch, step);
  const clip = config.gradientClipNorm;
  const advice =
    clip === null
      ? "and switch gradient clipping on (advanced_config.gradient_clip_value: 1.0)"
      : `and clip gradients to less than ${clip} (advanced_config.gradient_clip_value)`;
  return new TrainingFailure(
    "nan_loss",
    epoch,
    `In epoch ${epoch}, step ${step + 1}, ${what} at a learning rate of ${learningRate}. Set advanced_config.optimizer.learning_rate to ${Number((config.optimiser.learningRate / 10).toPrecision(2))} or less ${advice}, then start the job again`,
  );
}

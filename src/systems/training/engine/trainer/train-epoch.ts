import { epochOrder } from "../../../../algorithms/learning/epoch-order.ts";
import { clipByNorm, gradientNorm } from "../../../../algorithms/learning/gradient-norm.ts";
import { outputOf } from "../../../../ml/runtime/numeric-runtime.ts";
import { STATISTICS_MOMENTUM } from "../models/model.ts";
import type { TrainBatch } from "./batch-inputs.ts";
import { planSteps } from "./batch-plan.ts";
import { gradientsBroke, lossBroke, type Place } from "./broken-numbers.ts";
import { countCorrect, plus } from "./epoch-sums.ts";
import { saveOnTheWay } from "./save-checkpoint.ts";
import { stepReporter } from "./step-reporter.ts";
import { type BatchOutcome, StepSum } from "./step-sum.ts";
import type { TrainingRun } from "./training-run.ts";

/**
 * Trains the epoch that comes next, from the step at which the run stands.
 * @returns whether it is over; false after an order to stop, with the run standing between two steps
 * @throws TrainingFailure `nan_loss`
 */
export async function trainEpoch(run: TrainingRun): Promise<boolean> {
  const { config, standing, inputs, link } = run;
  const epoch = standing.epoch + 1;
  const steps = stepsOf(run, epoch);
  const report = stepReporter(run, epoch, steps.length);
  let gathered = new StepSum();
  let begun = performance.now();
  const from = standing.step * config.accumulationSteps;
  for await (const batch of inputs.trainBatches(epoch, steps.flat(), from)) {
    if (await link.shallStop()) return false;
    const place = { epoch, step: standing.step };
    gathered.add(await runBatch(run, place, batch));
    if (gathered.batches < (steps[standing.step]?.length ?? 0)) continue;
    const seconds = (performance.now() - begun) / 1000;
    takeStep(run, place, gathered, seconds);
    report(standing.step, gathered.loss, run.learner.schedule.at(epoch, place.step).learningRate);
    await saveOnTheWay(run, seconds);
    gathered = new StepSum();
    begun = performance.now();
  }
  return true;
}

/** The batches of each optimiser step, as places among the training pictures. */
function stepsOf({ config, inputs }: TrainingRun, epoch: number): Int32Array[][] {
  const { seed, balancedSampler: balanced, batchSize, accumulationSteps } = config;
  const order = epochOrder({ seed, epoch, labels: inputs.trainLabels, balanced });
  return planSteps(order.length, batchSize, accumulationSteps).map((batches) =>
    batches.map(({ start, end }) => order.slice(start, end)),
  );
}

async function runBatch(
  run: TrainingRun,
  place: Place,
  { feeds, labels }: TrainBatch,
): Promise<BatchOutcome> {
  const { definition, sessions, learner } = run;
  const outputs = await sessions.run("training", labels.length, feeds, learner.weights);
  const numbers = (name: string) => outputOf(outputs, name, "float32").data;
  const loss = numbers("loss")[0] as number;
  if (!Number.isFinite(loss)) throw lossBroke(run, place, loss);
  return {
    pictures: labels.length,
    loss,
    correct: countCorrect(numbers("logits"), labels),
    gradients: new Map(definition.parameters.map(({ name }) => [name, numbers(`grad/${name}`)])),
    statistics: definition.statistics.map(({ output, buffer }) => [buffer, numbers(output)]),
  };
}

/** One optimiser step, and the run stands behind it. */
function takeStep(run: TrainingRun, place: Place, gathered: StepSum, seconds: number): void {
  const gradientNorm = descend(run, place, gathered);
  const { pictures, lossSum, correct } = gathered;
  const { standing } = run;
  standing.sums = plus(standing.sums, { pictures, loss: lossSum, correct, gradientNorm, seconds });
  standing.step = place.step + 1;
}

/** Changes the weights by one step. @returns the norm of the gradients, before it was cut */
function descend(run: TrainingRun, place: Place, gathered: StepSum): number {
  const { weights, optimiser, schedule, average } = run.learner;
  const gradients = gathered.meanGradients();
  const most = run.config.gradientClipNorm;
  const norm = most === null ? gradientNorm(gradients) : clipByNorm(gradients, most);
  if (!Number.isFinite(norm)) throw gradientsBroke(run, place);
  optimiser.step(weights, gradients, schedule.at(place.epoch, place.step));
  for (const [buffer, fresh] of gathered.statistics) follow(weights.get(buffer), fresh);
  average?.update(weights);
  return norm;
}

/** torch's running statistics: `0.9 buffer + 0.1 fresh`. */
function follow(buffer: Float32Array | undefined, fresh: Float32Array): void {
  if (buffer === undefined) throw new RangeError("a statistic without its buffer");
  for (let at = 0; at < buffer.length; at++)
    buffer[at] =
      (1 - STATISTICS_MOMENTUM) * (buffer[at] as number) + STATISTICS_MOMENTUM * (fresh[at] as number);
}

import type { Checkpoint } from "../checkpoint.ts";
import type { ModelDefinition, Weights } from "../models/model.ts";
import { choiceOf, openModel } from "../models/open-model.ts";
import type { TrainerStarted, TrainerTask } from "../port.ts";
import type { BatchInputs } from "./batch-inputs.ts";
import { planSteps } from "./batch-plan.ts";
import { targetMaker } from "./batch-targets.ts";
import { restoreLearner, standingOf } from "./checkpoint-of-run.ts";
import { effectsOf } from "./effects.ts";
import { NOTHING } from "./epoch-sums.ts";
import { featureInputs } from "./feature-inputs.ts";
import { initialWeights, openLearner } from "./initial-learner.ts";
import { ModelSessions } from "./model-sessions.ts";
import { pictureInputs } from "./picture-inputs.ts";
import type { ServerLink } from "./server-link.ts";
import type { Standing, TrainingRun } from "./training-run.ts";
import { openPictures, type UsablePictures } from "./usable-pictures.ts";

/** A run that stands before its first step, or where a checkpoint left it; and what is to be told of it. */
export interface PreparedRun {
  readonly run: TrainingRun;
  readonly started: TrainerStarted;
}

/**
 * Everything that comes before training: model, pictures, weights, features of a fixed backbone.
 * @param checkpoint that of `task.resumeFrom`
 * @throws TrainingFailure, QuatrainError for what the user can mend; the reason of an order to stop
 */
export async function prepareRun(
  task: TrainerTask,
  checkpoint: Checkpoint | null,
  link: ServerLink,
): Promise<PreparedRun> {
  const { config, classes } = task;
  const definition = openModel(choiceOf(config));
  const pictures = await openPictures(task.images, task, link);
  const begin = await initialWeights(
    definition,
    config.seed,
    checkpoint === null ? task.initialWeights : null,
  );
  const sessions = new ModelSessions(definition, task.threads);
  const inputs = await inputsOf({ task, link, definition, sessions, pictures, weights: begin.weights });
  const steps = planSteps(inputs.trainLabels.length, config.batchSize, config.accumulationSteps).length;
  const learner = openLearner(config, definition, begin.weights, steps);
  if (checkpoint !== null) restoreLearner(checkpoint, { config, classes, learner });
  const standing = standingFrom(checkpoint, task, inputs, link);
  const { workDir } = task;
  return {
    run: { config, classes, workDir, link, definition, sessions, inputs, learner, standing },
    started: {
      type: "started",
      parameters: definition.parameters.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
      trainImages: inputs.trainLabels.length,
      validationImages: inputs.validation.labels.length,
      stepsPerEpoch: steps,
      firstEpoch: standing.epoch + 1,
      effective: effectsOf(task, { pictures, fromFile: begin.fromFile }),
    },
  };
}

/** What the model is fed with; the statistics of features are put among the weights. */
async function inputsOf(parts: {
  readonly task: TrainerTask;
  readonly link: ServerLink;
  readonly definition: ModelDefinition;
  readonly sessions: ModelSessions;
  readonly pictures: UsablePictures;
  readonly weights: Weights;
}): Promise<BatchInputs> {
  const { task, link, definition, sessions, pictures, weights } = parts;
  const { config, classes } = task;
  const source = { ...pictures, targetsOf: targetMaker(config, classes, pictures.train.labels) };
  if (definition.featureDim === null) return pictureInputs(source);
  const goOn = async () => {
    await link.shallStop();
    link.stop.throwIfAborted();
  };
  const { featureDim } = definition;
  const augmented = config.augmentation !== null;
  const inputs = await featureInputs({
    ...source,
    sessions,
    featureDim,
    batchSize: config.batchSize,
    augmented,
    goOn,
  });
  inputs.fitStatistics(weights);
  return inputs;
}

function standingFrom(
  checkpoint: Checkpoint | null,
  { config }: TrainerTask,
  inputs: BatchInputs,
  link: ServerLink,
): Standing {
  if (checkpoint === null)
    return { epoch: 0, step: 0, sums: NOTHING, best: null, patience: { best: null, waited: 0 } };
  const standing = standingOf(checkpoint, inputs.trainLabels.length, config.validation);
  if (standing.step !== checkpoint.progress.step)
    link.tell({
      type: "log",
      level: "warning",
      message: `There were ${checkpoint.progress.trainImages} training pictures before and are ${inputs.trainLabels.length} now: epoch ${standing.epoch + 1} begins anew`,
    });
  return standing;
}

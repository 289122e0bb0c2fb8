import { evaluateClassification } from "../../../../algorithms/learning/evaluation/evaluate-classification.ts";
import { outputOf } from "../../../../ml/runtime/numeric-runtime.ts";
import type { ImageResult, ValidationReport } from "../port.ts";
import { broken } from "./broken-numbers.ts";
import { judgedWeights, type TrainingRun } from "./training-run.ts";

/** How the model does on the validation pictures. */
export interface Validation {
  readonly report: ValidationReport;
  readonly images: readonly ImageResult[];
}

/**
 * Judges the weights as they would be exported (the moving average where there is one) on every validation picture,
 * which are prepared as at inference.
 * @returns null after an order to stop
 * @throws TrainingFailure `nan_loss` where the model answers with no numbers
 */
export async function validate(run: TrainingRun): Promise<Validation | null> {
  const { labels, paths } = run.inputs.validation;
  const logits = await validationLogits(run);
  if (logits === null) return null;
  if (!logits.every(Number.isFinite)) {
    const place = { epoch: run.standing.epoch + 1, step: Math.max(0, run.standing.step - 1) };
    throw broken(run, place, "the answers for the validation pictures became infinite");
  }
  const { report, pictures } = evaluateClassification({ logits, labels, classes: run.classes });
  return { report, images: pictures.map((picture, at) => ({ path: paths[at] ?? "", ...picture })) };
}

/** `[pictures, classes]`, or null after an order to stop. */
async function validationLogits(run: TrainingRun): Promise<Float32Array | null> {
  const { inputs, sessions, config, classes, learner, link } = run;
  const count = inputs.validation.labels.length;
  const size = Math.min(config.batchSize, count);
  const logits = new Float32Array(count * classes.length);
  let at = 0;
  for await (const input of inputs.validationBatches(size)) {
    if (await link.shallStop()) return null;
    const rows = Math.min(size, count - at);
    const feeds = Object.fromEntries(
      Object.entries(input).map(([name, numbers]) => [
        name,
        filledUp(numbers, (numbers.length / rows) * size),
      ]),
    );
    const outputs = await sessions.run("evaluation", size, feeds, judgedWeights(learner));
    const answers = outputOf(outputs, "logits", "float32").data.subarray(0, rows * classes.length);
    logits.set(answers, at * classes.length);
    at += rows;
  }
  return logits;
}

/** A batch that is too small, with rows of zeros: one graph is enough for all. */
function filledUp(numbers: Float32Array, length: number): Float32Array {
  if (numbers.length === length) return numbers;
  const filled = new Float32Array(length);
  filled.set(numbers);
  return filled;
}

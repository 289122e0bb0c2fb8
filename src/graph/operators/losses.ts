import { demand } from "../graph-error.ts";
import type { Composite } from "../operator.ts";
import { describe, sameShape } from "../tensor.ts";
import { applyComposite, at, type Value } from "../value.ts";
import { abs, add, exp, log, mul, neg, relu, sub } from "./elementwise.ts";
import { logSoftmax } from "./normalisation.ts";
import { reduceMean, reduceSum } from "./reduction.ts";

const softCrossEntropyComposite: Composite<null> = {
  type: "SoftCrossEntropy",
  expand(inputs) {
    const [logits, targets] = pair(inputs);
    demand(logits.shape.length === 2, () => `expected logits of [n, classes], got ${describe(logits)}`);
    const logProbabilities = logSoftmax(logits);
    // The logarithms are kept for the gradient.
    return [neg(reduceSum(mul(targets, logProbabilities))), logProbabilities];
  },
};

/**
 * `- sum of targets * logSoftmax(logits)` over all of `[n, classes]`: a scalar. Nothing is divided: targets carry
 * the mean over the batch, class weights and smoothing.
 */
export function softCrossEntropy(logits: Value, targets: Value): Value {
  return at(applyComposite(softCrossEntropyComposite, [logits, targets], null), 0);
}

const binaryCrossEntropyComposite: Composite<null> = {
  type: "BinaryCrossEntropyWithLogits",
  expand(inputs) {
    const [logits, targets] = pair(inputs);
    // max(x, 0) - x t + log(1 + exp(-|x|)) overflows nowhere.
    const softplus = add(relu(logits), log(add(exp(neg(abs(logits))), 1)));
    return [reduceMean(sub(softplus, mul(logits, targets)))];
  },
};

/** Mean over all elements of `-t log(p) - (1 - t) log(1 - p)` with `p = sigmoid(logits)`: a scalar. Equal shapes. */
export function binaryCrossEntropyWithLogits(logits: Value, targets: Value): Value {
  return at(applyComposite(binaryCrossEntropyComposite, [logits, targets], null), 0);
}

const meanSquaredErrorComposite: Composite<null> = {
  type: "MeanSquaredError",
  expand(inputs) {
    const [prediction, target] = pair(inputs);
    const difference = sub(prediction, target);
    return [reduceMean(mul(difference, difference)), difference];
  },
};

/** Mean over all elements of the squared difference: a scalar. Equal shapes. */
export function meanSquaredError(prediction: Value, target: Value): Value {
  return at(applyComposite(meanSquaredErrorComposite, [prediction, target], null), 0);
}

function pair(inputs: readonly Value[]): readonly [Value, Value] {
  const [a, b] = [at(inputs, 0), at(inputs, 1)];
  demand(
    sameShape(a.shape, b.shape),
    () => `expected two values of one shape, got ${describe(a)} and ${describe(b)}`,
  );
  return [a, b];
}

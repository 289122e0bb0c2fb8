import { demand } from "../graph-error.ts";
import type { Operator } from "../operator.ts";
import { axisOf, commonType, demandShape, FLOATS, inputOf, sizeOf } from "../rules.ts";
import { apply, applyAll, at, type Value } from "../value.ts";
import { clip, mul } from "./elementwise.ts";

const softmaxOperator: Operator<number> = {
  type: "Softmax",
  infer(inputs, axis) {
    const x = inputOf(inputs, 0, FLOATS);
    axisOf(x.shape, axis);
    return [x];
  },
  emit: (axis) => ({ attributes: { axis: { int: axis } } }),
};

/** Exponentials along an axis (the last unless given), scaled to the sum 1. */
export function softmax(x: Value, axis = -1): Value {
  return apply(softmaxOperator, [x], axis);
}

const logSoftmaxOperator: Operator<number> = { ...softmaxOperator, type: "LogSoftmax" };

/** The natural logarithm of `softmax`, without its loss of small numbers. */
export function logSoftmax(x: Value, axis = -1): Value {
  return apply(logSoftmaxOperator, [x], axis);
}

const layerNormOperator: Operator<number> = {
  type: "LayerNormalization",
  infer(inputs, epsilon) {
    const x = inputOf(inputs, 0);
    commonType(inputs, FLOATS);
    demand(epsilon > 0, () => `expected an epsilon above 0, got ${epsilon}`);
    const last = [sizeOf(x.shape, -1)];
    demandShape("a scale", inputOf(inputs, 1), last);
    demandShape("a bias", inputOf(inputs, 2), last);
    return [x];
  },
  emit: (epsilon) => ({ attributes: { axis: { int: -1 }, epsilon: { float: epsilon } } }),
};

/** Each vector along the last axis to mean 0 and variance 1 (biased), times scale, plus bias: both `[last]`. */
export function layerNorm(x: Value, scale: Value, bias: Value, epsilon = 1e-5): Value {
  return apply(layerNormOperator, [x, scale, bias], epsilon);
}

/** Four vectors of `[channels]`. */
export interface BatchStatistics {
  readonly scale: Value;
  readonly bias: Value;
  readonly mean: Value;
  readonly variance: Value;
}

/** How batch normalisation was applied; gradients read it. */
export interface BatchNormAttributes {
  readonly epsilon: number;
  /** Whether mean and variance are the batch's own (three outputs) or given. */
  readonly training: boolean;
}

const batchNormOperator: Operator<BatchNormAttributes> = {
  type: "BatchNormalization",
  infer(inputs, { epsilon, training }) {
    const x = inputOf(inputs, 0);
    commonType(inputs, FLOATS);
    demand(epsilon > 0, () => `expected an epsilon above 0, got ${epsilon}`);
    demand(x.shape.length >= 2, () => `expected [n, channels, ...], got [${x.shape}]`);
    const vector = { type: x.type, shape: [sizeOf(x.shape, 1)] };
    for (const index of [1, 2, 3, 4])
      demandShape("scale, bias, mean and variance", inputOf(inputs, index), vector.shape);
    return training ? [x, vector, vector] : [x];
  },
  emit: ({ epsilon, training }) => ({
    attributes: {
      epsilon: { float: epsilon },
      // Momentum 0: the "running" statistics that come out are the batch's own.
      ...(training ? { training_mode: { int: 1 }, momentum: { float: 0 } } : {}),
    },
  }),
};

/** Normalises `[n, channels, ...]` with stored statistics, as at inference. */
export function batchNorm(x: Value, { scale, bias, mean, variance }: BatchStatistics, epsilon = 1e-5): Value {
  return apply(batchNormOperator, [x, scale, bias, mean, variance], { epsilon, training: false });
}

/**
 * Normalises `[n, channels, ...]` with the batch's own statistics, as in training, and yields these too:
 * `mean` and `variance` are `[channels]`, the variance divided by the count (biased; torch stores
 * `variance * count / (count - 1)` in its running variance).
 */
export function batchNormTraining(
  x: Value,
  scale: Value,
  bias: Value,
  epsilon = 1e-5,
): { y: Value; mean: Value; variance: Value } {
  // ONNX asks for earlier statistics, which momentum 0 weighs with 0. onnxruntime writes the new ones over them, in
  // place, whoever else reads them: so these are values of their own, never constants, and of two operators, because
  // equal ones would be merged.
  const ignored = [mul(scale, 0), clip(scale, 0, 0)];
  const outputs = applyAll(batchNormOperator, [x, scale, bias, ...ignored], { epsilon, training: true });
  return { y: at(outputs, 0), mean: at(outputs, 1), variance: at(outputs, 2) };
}

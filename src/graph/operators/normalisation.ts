import { demand } from "../graph-error.ts";
import type { Operator } from "../operator.ts";
import { axisOf, commonType, demandShape, FLOATS, inputOf, sizeOf } from "../rules.ts";
import { apply, type Value } from "../value.ts";

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

const batchNormOperator: Operator<number> = {
  type: "BatchNormalization",
  infer(inputs, epsilon) {
    const x = inputOf(inputs, 0);
    commonType(inputs, FLOATS);
    demand(epsilon > 0, () => `expected an epsilon above 0, got ${epsilon}`);
    demand(x.shape.length >= 2, () => `expected [n, channels, ...], got [${x.shape}]`);
    for (const index of [1, 2, 3, 4])
      demandShape("scale, bias, mean and variance", inputOf(inputs, index), [sizeOf(x.shape, 1)]);
    return [x];
  },
  emit: (epsilon) => ({ attributes: { epsilon: { float: epsilon } } }),
};

/** Normalises `[n, channels, ...]` with stored statistics, as at inference. */
export function batchNorm(x: Value, { scale, bias, mean, variance }: BatchStatistics, epsilon = 1e-5): Value {
  return apply(batchNormOperator, [x, scale, bias, mean, variance], epsilon);
}

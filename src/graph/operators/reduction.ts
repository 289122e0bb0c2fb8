import { demand } from "../graph-error.ts";
import type { Operator } from "../operator.ts";
import { axesOf, axisOf, FLOATS, inputOf, NUMBERS, sizeOf, withSize } from "../rules.ts";
import { type ElementType, int64Vector, type Shape } from "../tensor.ts";
import { apply, applyAll, at, type Value } from "../value.ts";

/** Which axes a reduction takes away. */
export interface ReduceOptions {
  /** Axes to reduce, negative ones from the end; all of them unless given. */
  readonly axes?: readonly number[];
  /** Reduced axes stay with size 1; false. */
  readonly keepDims?: boolean;
}

export const reduceSum = reduction("ReduceSum");
export const reduceMean = reduction("ReduceMean");
export const reduceMax = reduction("ReduceMax");
export const reduceMin = reduction("ReduceMin");
/** The Euclidean norm. */
export const reduceL2 = reduction("ReduceL2", FLOATS);

/** int64 index of the greatest element along an axis, the first of equal ones. */
export const argMax = argument("ArgMax");
/** int64 index of the smallest element along an axis, the first of equal ones. */
export const argMin = argument("ArgMin");

export interface TopKOptions {
  readonly k: number;
  /** -1, the last. */
  readonly axis?: number;
  /** Greatest first (true) or smallest first. */
  readonly largest?: boolean;
}

const topKOperator: Operator<TopKOptions> = {
  type: "TopK",
  infer(inputs, { k, axis = -1 }) {
    const x = inputOf(inputs, 0, NUMBERS);
    const along = axisOf(x.shape, axis);
    const size = sizeOf(x.shape, along);
    demand(Number.isInteger(k) && k >= 1 && k <= size, () => `expected 1 <= k <= ${size}, got ${k}`);
    const shape = withSize(x.shape, along, k);
    return [
      { type: x.type, shape },
      { type: "int64", shape },
    ];
  },
  emit: ({ k, axis = -1, largest = true }) => ({
    attributes: { axis: { int: axis }, largest: { int: Number(largest) }, sorted: { int: 1 } },
    parameters: [int64Vector([k])],
  }),
};

/** The k greatest (or smallest) along an axis in order, with their int64 indices; equal ones by index. */
export function topK(x: Value, options: TopKOptions): { values: Value; indices: Value } {
  const outputs = applyAll(topKOperator, [x], options);
  return { values: at(outputs, 0), indices: at(outputs, 1) };
}

function reduction(type: string, accepted: readonly ElementType[] = NUMBERS) {
  const operator: Operator<ReduceOptions> = {
    type,
    infer(inputs, { axes, keepDims = false }) {
      const x = inputOf(inputs, 0, accepted);
      return [{ type: x.type, shape: reduced(x.shape, axes ?? x.shape.map((_, axis) => axis), keepDims) }];
    },
    emit: ({ axes, keepDims = false }) => ({
      attributes: { keepdims: { int: Number(keepDims) } },
      // Without axes the parameter is left out: ONNX reduces everything then.
      parameters: axes === undefined ? [] : [int64Vector(axes)],
    }),
  };
  return (x: Value, options: ReduceOptions = {}) => apply(operator, [x], options);
}

function argument(type: string) {
  const operator: Operator<{ axis: number; keepDims: boolean }> = {
    type,
    infer(inputs, { axis, keepDims }) {
      return [
        {
          type: "int64",
          shape: reduced(inputOf(inputs, 0, ["float32", "float64", "int32"]).shape, [axis], keepDims),
        },
      ];
    },
    emit: ({ axis, keepDims }) => ({
      attributes: { axis: { int: axis }, keepdims: { int: Number(keepDims) } },
    }),
  };
  return (x: Value, axis: number, keepDims = false) => apply(operator, [x], { axis, keepDims });
}

function reduced(shape: Shape, axes: readonly number[], keepDims: boolean): Shape {
  const gone = new Set(axesOf(shape, axes));
  return keepDims
    ? shape.map((size, axis) => (gone.has(axis) ? 1 : size))
    : shape.filter((_, axis) => !gone.has(axis));
}

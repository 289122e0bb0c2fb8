import { demand } from "../graph-error.ts";
import type { Operator } from "../operator.ts";
import {
  axesOf,
  axisOf,
  commonType,
  demandShape,
  FLOATS,
  INDICES,
  inputOf,
  sizeOf,
  withSize,
} from "../rules.ts";
import { describe, int64Vector, type Shape } from "../tensor.ts";
import { apply, type Value } from "../value.ts";

/** A part of one axis: from `start`, up to but without `end`; negative ones count from the end. */
export interface SliceRange {
  readonly axis: number;
  /** 0 unless given. */
  readonly start?: number;
  /** The axis's size unless given. */
  readonly end?: number;
  /** At least 1; 1 unless given. */
  readonly step?: number;
}

const sliceOperator: Operator<readonly SliceRange[]> = {
  type: "Slice",
  infer(inputs, ranges) {
    const x = inputOf(inputs, 0);
    axesOf(
      x.shape,
      ranges.map(({ axis }) => axis),
    );
    const shape = ranges.reduce<Shape>((sizes, range) => {
      const { axis, start, end, step } = explicitRange(x.shape, range);
      return withSize(sizes, axis, Math.ceil((end - start) / step));
    }, x.shape);
    return [{ type: x.type, shape }];
  },
  emit(ranges, inputs) {
    const all = ranges.map((range) => explicitRange(inputOf(inputs, 0).shape, range));
    return {
      parameters: [
        int64Vector(all.map(({ start }) => start)),
        int64Vector(all.map(({ end }) => end)),
        int64Vector(all.map(({ axis }) => axis)),
        int64Vector(all.map(({ step }) => step)),
      ],
    };
  },
};

/** Cuts parts out along one or more axes: `slice(x, { axis: 1, start: 2, end: -2 })`. */
export function slice(x: Value, ...ranges: readonly [SliceRange, ...SliceRange[]]): Value {
  return apply(sliceOperator, [x], ranges);
}

const gatherOperator: Operator<number> = {
  type: "Gather",
  infer(inputs, axis) {
    const [x, indices] = [inputOf(inputs, 0), inputOf(inputs, 1, INDICES)];
    const along = axisOf(x.shape, axis);
    return [
      { type: x.type, shape: [...x.shape.slice(0, along), ...indices.shape, ...x.shape.slice(along + 1)] },
    ];
  },
  emit: (axis) => ({ attributes: { axis: { int: axis } } }),
};

/**
 * Picks elements along an axis by int32 or int64 indices: the axis is replaced by the indices' shape.
 * An index out of range fails the run.
 */
export function gather(x: Value, indices: Value, axis = 0): Value {
  return apply(gatherOperator, [x, indices], axis);
}

const scatterAddOperator: Operator<null> = {
  type: "ScatterElements",
  infer(inputs) {
    const [x, indices, values] = [inputOf(inputs, 0), inputOf(inputs, 1, INDICES), inputOf(inputs, 2)];
    const type = commonType([x, values], FLOATS);
    demand(
      x.shape.length === 1 && values.shape.length === 1,
      () => `expected vectors, got ${describe(x)} and ${describe(values)}`,
    );
    demandShape("an index of each value", indices, values.shape);
    return [{ type, shape: x.shape }];
  },
  emit: () => ({ attributes: { axis: { int: 0 }, reduction: { text: "add" } } }),
};

/** Adds `values` `[k]` to the elements of `x` `[n]` at `indices` `[k]`; equal indices add up. */
export function scatterAdd(x: Value, indices: Value, values: Value): Value {
  return apply(scatterAddOperator, [x, indices, values], null);
}

/** A range with everything spelt out and counted from the front. */
export function explicitRange(
  shape: Shape,
  { axis, start = 0, end, step = 1 }: SliceRange,
): Required<SliceRange> {
  const along = axisOf(shape, axis);
  const size = sizeOf(shape, along);
  const from = start < 0 ? start + size : start;
  const to = end === undefined ? size : end < 0 ? end + size : end;
  demand(
    [from, to, step].every(Number.isInteger) && from >= 0 && from < to && to <= size && step >= 1,
    () =>
      `expected a part of the ${size} elements of axis ${along}, got ${start} to ${end ?? size} by ${step}`,
  );
  return { axis: along, start: from, end: to, step };
}

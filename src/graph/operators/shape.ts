import { demand } from "../graph-error.ts";
import type { Operator } from "../operator.ts";
import { axesOf, axisOf, broadcast, commonType, inputOf, sizeOf, withSize } from "../rules.ts";
import { elementCount, int64Vector, type Shape, sameShape } from "../tensor.ts";
import { apply, applyAll, type Value } from "../value.ts";

const reshapeOperator: Operator<Shape> = {
  type: "Reshape",
  infer(inputs, wanted) {
    const x = inputOf(inputs, 0);
    const rest = elementCount(wanted.filter((size) => size !== -1));
    const shape = wanted.map((size) => (size === -1 ? elementCount(x.shape) / rest : size));
    demand(
      elementCount(shape) === elementCount(x.shape),
      () => `expected a shape of ${elementCount(x.shape)} elements for [${x.shape}], got [${shape}]`,
    );
    return [{ type: x.type, shape }];
  },
  emit: (wanted) => ({ parameters: [int64Vector(wanted)] }),
};

/**
 * The same numbers in row-major order under another shape; one size may be -1: it is worked out, and written as -1,
 * so that a file for any batch (`BuildOptions.anyBatch`) stays one.
 */
export function reshape(x: Value, shape: Shape): Value {
  return apply(reshapeOperator, [x], shape);
}

const transposeOperator: Operator<readonly number[]> = {
  type: "Transpose",
  infer(inputs, order) {
    const x = inputOf(inputs, 0);
    demand(
      order.length === x.shape.length &&
        order.every((axis) => axis >= 0) &&
        axesOf(x.shape, order).length > 0,
      () => `expected an order of the ${x.shape.length} axes, got [${order}]`,
    );
    return [{ type: x.type, shape: order.map((axis) => sizeOf(x.shape, axis)) }];
  },
  emit: (order) => ({ attributes: { perm: { ints: order } } }),
};

/** Reorders the axes: axis i of the result is axis `order[i]` of x. */
export function transpose(x: Value, order: readonly number[]): Value {
  return apply(transposeOperator, [x], order);
}

const concatOperator: Operator<number> = {
  type: "Concat",
  infer(inputs, axis) {
    const type = commonType(inputs);
    const first = inputOf(inputs, 0).shape;
    const along = axisOf(first, axis);
    for (const { shape } of inputs)
      demand(
        shape.length === first.length && sameShape(withSize(shape, along, 1), withSize(first, along, 1)),
        () => `expected shapes that differ along axis ${along} only, got [${first}] and [${shape}]`,
      );
    return [
      {
        type,
        shape: withSize(
          first,
          along,
          inputs.reduce((sum, { shape }) => sum + sizeOf(shape, along), 0),
        ),
      },
    ];
  },
  emit: (axis) => ({ attributes: { axis: { int: axis } } }),
};

/** Joins values along an axis. */
export function concat(values: readonly [Value, ...Value[]], axis: number): Value {
  return apply(concatOperator, values, axis);
}

const splitOperator: Operator<{ sizes: readonly number[]; axis: number }> = {
  type: "Split",
  infer(inputs, { sizes, axis }) {
    const x = inputOf(inputs, 0);
    const along = axisOf(x.shape, axis);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    demand(
      sizes.length > 0 && total === sizeOf(x.shape, along),
      () => `expected sizes that add up to ${sizeOf(x.shape, along)}, got [${sizes}]`,
    );
    return sizes.map((size) => ({ type: x.type, shape: withSize(x.shape, along, size) }));
  },
  emit: ({ sizes, axis }) => ({ attributes: { axis: { int: axis } }, parameters: [int64Vector(sizes)] }),
};

/** Cuts a value into pieces of the given sizes along an axis. */
export function split(x: Value, sizes: readonly number[], axis: number): readonly Value[] {
  return applyAll(splitOperator, [x], { sizes, axis });
}

const squeezeOperator: Operator<readonly number[]> = {
  type: "Squeeze",
  infer(inputs, axes) {
    const x = inputOf(inputs, 0);
    const gone = axesOf(x.shape, axes);
    demand(
      gone.every((axis) => sizeOf(x.shape, axis) === 1),
      () => `expected axes of size 1 in [${x.shape}], got [${axes}]`,
    );
    return [{ type: x.type, shape: x.shape.filter((_, axis) => !gone.includes(axis)) }];
  },
  emit: (axes) => ({ parameters: [int64Vector(axes)] }),
};

/** Drops axes of size 1. */
export function squeeze(x: Value, axes: readonly number[]): Value {
  return apply(squeezeOperator, [x], axes);
}

const unsqueezeOperator: Operator<readonly number[]> = {
  type: "Unsqueeze",
  infer(inputs, axes) {
    const x = inputOf(inputs, 0);
    const shape: number[] = new Array(x.shape.length + axes.length).fill(0);
    const added = new Set(axesOf(shape, axes));
    const sizes = x.shape.values();
    return [
      { type: x.type, shape: shape.map((_, axis) => (added.has(axis) ? 1 : (sizes.next().value ?? 1))) },
    ];
  },
  emit: (axes) => ({ parameters: [int64Vector(axes)] }),
};

/** Adds axes of size 1; the axes are those of the result. */
export function unsqueeze(x: Value, axes: readonly number[]): Value {
  return apply(unsqueezeOperator, [x], axes);
}

const expandOperator: Operator<Shape> = {
  type: "Expand",
  infer(inputs, shape) {
    const x = inputOf(inputs, 0);
    demand(
      sameShape(broadcast(x.shape, shape), shape),
      () => `expected a shape that [${x.shape}] broadcasts to, got [${shape}]`,
    );
    return [{ type: x.type, shape }];
  },
  emit: (shape) => ({ parameters: [int64Vector(shape)] }),
};

/** Repeats along axes of size 1 (and new leading axes) until the shape is reached. */
export function expand(x: Value, shape: Shape): Value {
  return apply(expandOperator, [x], shape);
}

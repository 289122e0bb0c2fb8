import { demand } from "../graph-error.ts";
import type { Operator } from "../operator.ts";
import { inputOf } from "../rules.ts";
import type { TensorType } from "../tensor.ts";
import { apply, at, type Value } from "../value.ts";
import { reduceMean } from "./reduction.ts";
import { slide, type Window, type WindowOptions, windowAttributes, windowOf } from "./window.ts";

export interface PoolOptions extends WindowOptions {
  /** Size of the window along each spatial axis; one number stands for all. */
  readonly kernel: number | readonly number[];
}

export interface AveragePoolOptions extends PoolOptions {
  /** Whether the zeros of the padding count in the mean (the sum is divided by the whole window); true. */
  readonly countPadding?: boolean;
}

const averagePoolOperator: Operator<AveragePoolOptions> = {
  type: "AveragePool",
  infer: pooled,
  emit: (options, inputs) => ({
    attributes: {
      ...windowAttributes(poolWindow(at(inputs, 0), options)),
      count_include_pad: { int: Number(options.countPadding ?? true) },
    },
  }),
};

/** Mean of each window over the spatial axes of `[n, channels, ...spatial]`; strides are 1 unless given. */
export function averagePool(x: Value, options: AveragePoolOptions): Value {
  return apply(averagePoolOperator, [x], options);
}

const maxPoolOperator: Operator<PoolOptions> = {
  type: "MaxPool",
  infer(inputs, options) {
    const [pooledType] = pooled(inputs, options);
    return [pooledType, { type: "int64", shape: pooledType.shape }];
  },
  // Where each maximum lies in all of x, row-major; the gradient reads it.
  optionalOutputs: 1,
  emit: (options, inputs) => ({ attributes: windowAttributes(poolWindow(at(inputs, 0), options)) }),
};

/** Maximum of each window over the spatial axes of `[n, channels, ...spatial]`; padding never wins. */
export function maxPool(x: Value, options: PoolOptions): Value {
  return apply(maxPoolOperator, [x], options);
}

function pooled(inputs: readonly TensorType[], options: PoolOptions): readonly [TensorType] {
  const x = inputOf(inputs, 0, ["float32"]);
  const window = poolWindow(x, options);
  demand(
    window.pads.every((pad, index) => pad < at(window.kernel, index % window.kernel.length)),
    () => `expected pads smaller than the kernel [${window.kernel}], got [${window.pads}]`,
  );
  return [{ type: x.type, shape: [...x.shape.slice(0, 2), ...slide(x.shape.slice(2), window)] }];
}

/** The window of a pool over `x`, every option spelt out. */
export function poolWindow({ shape }: TensorType, { kernel, ...options }: PoolOptions): Window {
  demand(shape.length >= 3, () => `expected [n, channels, ...spatial], got [${shape}]`);
  const spatial = shape.slice(2);
  const sizes = typeof kernel === "number" ? spatial.map(() => kernel) : kernel;
  demand(
    sizes.length === spatial.length && sizes.every((size) => Number.isInteger(size) && size >= 1),
    () => `expected a kernel for [${spatial}], got [${sizes}]`,
  );
  return windowOf(sizes, options);
}

/** Mean over the spatial axes: `[n, channels, ...spatial]` -> `[n, channels]`. */
export function globalAveragePool(x: Value): Value {
  return reduceMean(x, { axes: x.shape.map((_, axis) => axis).slice(2) });
}

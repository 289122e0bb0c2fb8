import { demand } from "../graph-error.ts";
import type { OnnxAttribute } from "../operator.ts";
import type { Shape } from "../tensor.ts";
import { at } from "../value.ts";

/** How a window slides over the spatial axes. One number stands for every axis. */
export interface WindowOptions {
  readonly strides?: number | readonly number[];
  /** Zeros around the picture: one number, or all befores and then all afters (`[top, left, bottom, right]`). */
  readonly pads?: number | readonly number[];
  /** Distance between the window's taps. */
  readonly dilations?: number | readonly number[];
}

/** A window with every option spelt out per axis. */
export interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly pads: readonly number[];
  readonly dilations: readonly number[];
}

/** Fills in what the options leave out. @throws RuleError when a list does not fit the number of axes. */
export function windowOf(kernel: readonly number[], options: WindowOptions): Window {
  const axes = kernel.length;
  return {
    kernel,
    strides: perAxis("strides", options.strides ?? 1, axes, 1),
    pads: perAxis("pads", options.pads ?? 0, 2 * axes, 0),
    dilations: perAxis("dilations", options.dilations ?? 1, axes, 1),
  };
}

/** Spatial sizes after the window: `floor((size + pads - dilation (kernel - 1) - 1) / stride) + 1`. */
export function slide(spatial: Shape, window: Window): Shape {
  return spatial.map((size, axis) => {
    const reach = at(window.dilations, axis) * (at(window.kernel, axis) - 1) + 1;
    const padded = size + at(window.pads, axis) + at(window.pads, axis + spatial.length);
    demand(
      reach <= padded,
      () => `expected a window within [${spatial}] and its pads, got a reach of ${reach}`,
    );
    return Math.floor((padded - reach) / at(window.strides, axis)) + 1;
  });
}

/** The window's ONNX attributes. */
export function windowAttributes(window: Window): Readonly<Record<string, OnnxAttribute>> {
  return {
    kernel_shape: { ints: window.kernel },
    strides: { ints: window.strides },
    pads: { ints: window.pads },
    dilations: { ints: window.dilations },
  };
}

function perAxis(what: string, given: number | readonly number[], count: number, least: number) {
  const list = typeof given === "number" ? Array.from({ length: count }, () => given) : given;
  demand(
    list.length === count && list.every((value) => Number.isInteger(value) && value >= least),
    () => `expected ${count} ${what} of at least ${least}, got [${list}]`,
  );
  return list;
}

import { div } from "../operators/elementwise.ts";
import { type AveragePoolOptions, poolWindow } from "../operators/pooling.ts";
import { expand } from "../operators/shape.ts";
import { convTranspose } from "../operators/transposed-convolution.ts";
import type { Window } from "../operators/window.ts";
import { elementCount, float32, type Shape } from "../tensor.ts";
import { at, type Value } from "../value.ts";
import { maxPoolRule } from "./max-pool.ts";
import { type GradientRule, ruleOfOne } from "./rule.ts";

/** Gradients of pools with windows. */
export const POOLING: Readonly<Record<string, GradientRule>> = {
  MaxPool: maxPoolRule,
  AveragePool: ruleOfOne<AveragePoolOptions>((g, { inputs, attributes }) => [
    () => {
      const x = at(inputs, 0);
      const window = poolWindow(x, attributes);
      return spread(div(g, divisor(g, x.shape.slice(2), window, attributes.countPadding ?? true)), x, window);
    },
  ]),
};

/** Adds each position's value to all elements of its window. */
function spread(g: Value, x: Value, { kernel, strides, pads, dilations }: Window): Value {
  const channels = at(x.shape, 1);
  const ones = expand(x.graph.scalar(x.type, 1), [channels, 1, ...kernel]);
  return convTranspose(g, ones, { strides, pads, dilations, groups: channels, spatial: x.shape.slice(2) });
}

/** How many elements each window's sum was divided by: one number, or one per position. */
function divisor(g: Value, spatial: Shape, window: Window, countPadding: boolean): Value | number {
  const positions = g.shape.slice(2);
  if (countPadding || window.pads.every((pad) => pad === 0)) return elementCount(window.kernel);
  const perAxis = positions.map((count, axis) =>
    Array.from({ length: count }, (_, position) => reached(position, axis, at(spatial, axis), window)),
  );
  const counts = perAxis.reduce<number[]>((all, axis) => all.flatMap((a) => axis.map((b) => a * b)), [1]);
  return g.graph.constant(float32(positions, counts));
}

/** How many taps of a window lie within the picture, along one axis. */
function reached(position: number, axis: number, size: number, window: Window): number {
  const start = position * at(window.strides, axis) - at(window.pads, axis);
  const taps = Array.from(
    { length: at(window.kernel, axis) },
    (_, tap) => start + tap * at(window.dilations, axis),
  );
  return taps.filter((index) => index >= 0 && index < size).length;
}

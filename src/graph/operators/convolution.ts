import { demand } from "../graph-error.ts";
import type { Operator } from "../operator.ts";
import { commonType, demandShape, inputOf, sizeOf } from "../rules.ts";
import { describe, type Shape } from "../tensor.ts";
import { apply, type Value } from "../value.ts";
import { slide, type WindowOptions, windowAttributes, windowOf } from "./window.ts";

export interface ConvOptions extends WindowOptions {
  /** `[out]`, added to every position. */
  readonly bias?: Value;
  /** Splits channels into that many independent convolutions; 1. */
  readonly groups?: number;
}

/** How a convolution was applied; gradients read it. */
export interface ConvAttributes extends WindowOptions {
  readonly groups: number;
}

const convOperator: Operator<ConvAttributes> = {
  type: "Conv",
  infer(inputs, { groups, ...options }) {
    const [x, weight] = [inputOf(inputs, 0), inputOf(inputs, 1)];
    const type = commonType(inputs, ["float32"]);
    demand(
      x.shape.length >= 3 && x.shape.length === weight.shape.length,
      () => `expected x and weight of one rank of at least 3, got ${describe(x)} and ${describe(weight)}`,
    );
    const [batch, channels, out] = [sizeOf(x.shape, 0), sizeOf(x.shape, 1), sizeOf(weight.shape, 0)];
    demand(
      Number.isInteger(groups) && groups >= 1 && channels % groups === 0 && out % groups === 0,
      () => `expected groups that divide ${channels} and ${out} channels, got ${groups}`,
    );
    demandShape("a weight", weight, [out, channels / groups, ...weight.shape.slice(2)]);
    const bias = inputs[2];
    if (bias !== undefined) demandShape("a bias", bias, [out]);
    return [
      { type, shape: [batch, out, ...slide(x.shape.slice(2), windowOf(kernelOf(weight.shape), options))] },
    ];
  },
  emit({ groups, ...options }, inputs) {
    const window = windowOf(kernelOf(inputOf(inputs, 1).shape), options);
    return { attributes: { ...windowAttributes(window), group: { int: groups } } };
  },
};

/**
 * Cross-correlation, what every framework calls convolution: x `[n, in, ...spatial]`, weight
 * `[out, in / groups, ...kernel]` -> `[n, out, ...spatial]`. float32.
 */
export function conv(x: Value, weight: Value, options: ConvOptions = {}): Value {
  const { bias, groups = 1, ...window } = options;
  return apply(convOperator, bias === undefined ? [x, weight] : [x, weight, bias], { groups, ...window });
}

function kernelOf(weight: Shape): readonly number[] {
  return weight.slice(2);
}

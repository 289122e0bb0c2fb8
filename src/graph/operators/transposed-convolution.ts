import { demand } from "../graph-error.ts";
import type { Operator } from "../operator.ts";
import { commonType, demandShape, inputOf, sizeOf } from "../rules.ts";
import { describe, type Shape, sameShape } from "../tensor.ts";
import { apply, at, type Value } from "../value.ts";
import { slide, type WindowOptions, windowAttributes, windowOf } from "./window.ts";

export interface ConvTransposeOptions extends WindowOptions {
  /** 1 */
  readonly groups?: number;
  /** The spatial sizes of the result: those that the convolution with the same options takes to x's. */
  readonly spatial: Shape;
}

const convTransposeOperator: Operator<ConvTransposeOptions> = {
  type: "ConvTranspose",
  infer(inputs, { groups = 1, spatial, ...options }) {
    const [x, weight] = [inputOf(inputs, 0), inputOf(inputs, 1)];
    const type = commonType(inputs, ["float32"]);
    demand(
      x.shape.length >= 3 && x.shape.length === weight.shape.length,
      () => `expected x and weight of one rank of at least 3, got ${describe(x)} and ${describe(weight)}`,
    );
    const [batch, channels] = [sizeOf(x.shape, 0), sizeOf(x.shape, 1)];
    demand(
      Number.isInteger(groups) && groups >= 1 && channels % groups === 0,
      () => `expected groups that divide ${channels} channels, got ${groups}`,
    );
    demandShape("a weight", weight, [channels, ...weight.shape.slice(1)]);
    const back = slide(spatial, windowOf(weight.shape.slice(2), options));
    demand(
      sameShape(back, x.shape.slice(2)),
      () => `expected spatial sizes that the convolution takes to [${x.shape.slice(2)}], got [${spatial}]`,
    );
    return [{ type, shape: [batch, groups * sizeOf(weight.shape, 1), ...spatial] }];
  },
  emit({ groups = 1, spatial, ...options }, inputs) {
    const window = windowOf(inputOf(inputs, 1).shape.slice(2), options);
    // What the strided window did not reach at the end is added there.
    const missed = spatial.map((size, axis) => {
      const pads = at(window.pads, axis) + at(window.pads, axis + spatial.length);
      const reach = at(window.dilations, axis) * (at(window.kernel, axis) - 1) + 1;
      return (size + pads - reach) % at(window.strides, axis);
    });
    return {
      attributes: { ...windowAttributes(window), group: { int: groups }, output_padding: { ints: missed } },
    };
  },
};

/**
 * The transpose of a convolution as a linear map, which is also its gradient by its input: x `[n, out, ...]`, weight
 * `[out, in / groups, ...kernel]` (as the convolution's) -> `[n, in, ...spatial]`. float32.
 */
export function convTranspose(x: Value, weight: Value, options: ConvTransposeOptions): Value {
  return apply(convTransposeOperator, [x, weight], options);
}

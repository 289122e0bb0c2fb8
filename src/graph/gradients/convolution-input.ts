import { type ConvAttributes, conv } from "../operators/convolution.ts";
import { gather } from "../operators/indexing.ts";
import { reshape, transpose } from "../operators/shape.ts";
import { convTranspose } from "../operators/transposed-convolution.ts";
import { type Window, windowOf } from "../operators/window.ts";
import { elementCount, int64 } from "../tensor.ts";
import { at, type Value } from "../value.ts";

/** From that many positions on, a convolution by turned weights beats the transposed convolution. */
const MANY_POSITIONS = 512;

/**
 * The gradient of a convolution by its input `[n, in, ...]`: the transposed convolution of the output's gradient.
 * With stride 1 that is also an ordinary convolution, by the weight with its channels exchanged and its taps turned
 * round: faster on large pictures, where the transposed one writes more columns than the caches hold, and with groups,
 * of which it takes one at a time.
 */
export function convInputGradient(g: Value, x: Value, weight: Value, attributes: ConvAttributes): Value {
  const { groups } = attributes;
  const window = windowOf(weight.shape.slice(2), attributes);
  const back = padsBack(window);
  const large = elementCount(x.shape.slice(2)) >= MANY_POSITIONS;
  const pointwise = elementCount(window.kernel) === 1;
  const unstrided = window.strides.every((stride) => stride === 1);
  if (unstrided && back.every((size) => size >= 0) && (large || pointwise || groups > 1))
    return conv(g, turned(weight, groups), { pads: back, dilations: window.dilations, groups });
  return convTranspose(g, weight, { ...attributes, spatial: x.shape.slice(2) });
}

/** What the gradient needs around it so that the window reaches every element of the input. */
function padsBack({ kernel, pads, dilations }: Window): readonly number[] {
  return pads.map((pad, index) => {
    const axis = index % kernel.length;
    return at(dilations, axis) * (at(kernel, axis) - 1) - pad;
  });
}

/** `[out, in / groups, ...kernel]` -> `[in, out / groups, ...kernel]`, the taps in reverse order. */
function turned(weight: Value, groups: number): Value {
  const [out, channels] = [at(weight.shape, 0), at(weight.shape, 1)];
  const taps = elementCount(weight.shape.slice(2));
  const grouped = reshape(weight, [groups, out / groups, channels, taps]);
  const exchanged = transpose(grouped, [0, 2, 1, 3]);
  const reverse = Array.from({ length: taps }, (_, index) => taps - 1 - index);
  const reversed =
    taps === 1 ? exchanged : gather(exchanged, weight.graph.constant(int64([taps], reverse)), 3);
  return reshape(reversed, [groups * channels, out / groups, ...weight.shape.slice(2)]);
}

import { randomStream } from "../../../../algorithms/learning/random-streams.ts";
import type { NamedShape } from "./model.ts";

/** What a weight begins with. */
export type Initial =
  | { readonly kind: "filled"; readonly value: number }
  /** Around 0, with this standard deviation. */
  | { readonly kind: "normal"; readonly deviation: number }
  /** In +-bound. */
  | { readonly kind: "uniform"; readonly bound: number };

/** Every element the same. */
export function filled(value: number): Initial {
  return { kind: "filled", value };
}

/**
 * Kaiming's normal numbers for a convolution `[out, in, height, width]` before a ReLU, by what leaves it: what
 * torchvision's and timm's ResNets begin with (torch.nn.init.kaiming_normal_, mode fan_out; He et al. 2015).
 */
export function kaimingFanOut([out = 1, , height = 1, width = 1]: readonly number[]): Initial {
  return { kind: "normal", deviation: Math.sqrt(2 / (out * height * width)) };
}

/** Uniform in +-1 / sqrt(inputs): torch.nn.Linear's own for weight and bias. */
export function linearUniform(inputs: number): Initial {
  return { kind: "uniform", bound: 1 / Math.sqrt(inputs) };
}

/**
 * The numbers themselves. Each weight has a random stream of its own, by its place in the list: the same seed gives
 * the same numbers on every machine. O(elements).
 */
export function drawWeights(
  weights: readonly (NamedShape & { readonly initial: Initial })[],
  seed: number,
): Map<string, Float32Array> {
  return new Map(weights.map(({ name, shape, initial }, place) => [name, draw(shape, initial, seed, place)]));
}

function draw(shape: readonly number[], initial: Initial, seed: number, place: number): Float32Array {
  const data = new Float32Array(shape.reduce((count, size) => count * size, 1));
  if (initial.kind === "filled") return data.fill(initial.value);
  const random = randomStream(seed, "initial-weights", place);
  for (let at = 0; at < data.length; at++)
    data[at] =
      initial.kind === "normal"
        ? initial.deviation * random.normal()
        : initial.bound * (2 * random.uniform() - 1);
  return data;
}

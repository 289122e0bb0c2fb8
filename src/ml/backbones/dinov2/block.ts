import {
  add,
  float32,
  gelu,
  gemm,
  layerNorm,
  matMul,
  reshape,
  softmax,
  split,
  squeeze,
  transpose,
  type Value,
} from "../../../graph/index.ts";
import type { DinoConfiguration } from "./configuration.ts";
import type { DinoWeights } from "./weights.ts";

/** What a block's layers are made from. */
export interface BlockParts {
  readonly configuration: DinoConfiguration;
  readonly weights: DinoWeights;
  /** Pictures in the batch, and tokens of each. */
  readonly batch: number;
  readonly tokens: number;
  readonly linear: Linear;
}

/** A dense layer: `x` `[n, inputs]`, `weight` `[outputs, inputs]`, `bias` `[outputs]` -> `[n, outputs]`. */
export type Linear = (x: Value, weight: Float32Array, bias: Float32Array) => Value;

/** The plain float32 layer. */
export function floatLinear(x: Value, weight: Float32Array, bias: Float32Array): Value {
  const { graph } = x;
  const inputs = x.shape[1] ?? 0;
  const matrix = graph.constant(float32([bias.length, inputs], weight));
  return gemm(x, matrix, graph.constant(float32([bias.length], bias)), { transposeB: true });
}

/**
 * One pre-norm transformer block on `x` `[batch * tokens, dim]`: attention and a feed-forward part, each scaled per
 * channel (LayerScale) and added to what came in.
 *
 * Source: timm `vision_transformer.Block` with `init_values`; epsilon 1e-6, exact GELU.
 */
export function block(x: Value, index: number, parts: BlockParts): Value {
  const { weights, linear } = parts;
  const part = (name: string) => weights.of(`blocks.${index}.${name}`);
  const attended = attention(normalised(x, part("norm1.weight"), part("norm1.bias")), index, parts);
  const scaledLinear = (input: Value, layer: string, scale: string) => {
    const gamma = part(scale);
    return linear(
      input,
      scaledRows(part(`${layer}.weight`), gamma),
      scaledRows(part(`${layer}.bias`), gamma),
    );
  };
  const after = add(x, scaledLinear(attended, "attn.proj", "ls1.gamma"));
  const inner = normalised(after, part("norm2.weight"), part("norm2.bias"));
  const hidden = gelu(linear(inner, part("mlp.fc1.weight"), part("mlp.fc1.bias")));
  return add(after, scaledLinear(hidden, "mlp.fc2", "ls2.gamma"));
}

/** Attention without its last layer: `[batch * tokens, dim]` both ways. */
function attention(
  x: Value,
  index: number,
  { configuration, weights, batch, tokens, linear }: BlockParts,
): Value {
  const { dim, heads } = configuration;
  const each = dim / heads;
  // Queries come out divided by the root of the head's size: the factor moves into their layer.
  const factors = new Float32Array(3 * dim).fill(1).fill(each ** -0.5, 0, dim);
  const weight = scaledRows(weights.of(`blocks.${index}.attn.qkv.weight`), factors);
  const bias = scaledRows(weights.of(`blocks.${index}.attn.qkv.bias`), factors);
  const all = reshape(linear(x, weight, bias), [batch, tokens, 3, heads, each]);
  const [queries, keys, values] = split(transpose(all, [2, 0, 3, 1, 4]), [1, 1, 1], 0).map((part) =>
    squeeze(part, [0]),
  ) as [Value, Value, Value];
  const attended = matMul(softmax(matMul(queries, transpose(keys, [0, 1, 3, 2]))), values);
  return reshape(transpose(attended, [0, 2, 1, 3]), [batch * tokens, dim]);
}

function normalised(x: Value, scale: Float32Array, bias: Float32Array): Value {
  const vector = (data: Float32Array) => x.graph.constant(float32([data.length], data));
  return layerNorm(x, vector(scale), vector(bias), 1e-6);
}

/** `[rows, ...]` with every row multiplied by its factor. */
function scaledRows(data: Float32Array, factors: Float32Array): Float32Array {
  const length = data.length / factors.length;
  return data.map((value, at) => value * (factors[Math.floor(at / length)] ?? 0));
}

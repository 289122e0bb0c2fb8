import {
  add,
  cast,
  concat,
  conv,
  div,
  expand,
  float32,
  GraphBuilder,
  type GraphModel,
  reduceL2,
  reshape,
  slice,
  type TensorOf,
  transpose,
  type Value,
} from "../../../graph/index.ts";
import { block, floatLinear } from "./block.ts";
import type { DinoConfiguration } from "./configuration.ts";
import { int8Linear } from "./int8-linear.ts";
import { resamplePositions } from "./position-embedding.ts";
import type { DinoWeights } from "./weights.ts";

/** ImageNet's statistics of 0..255, with which the pictures of the training were normalised. */
const MEAN = [0.485 * 255, 0.456 * 255, 0.406 * 255];
const DEVIATION = [0.229 * 255, 0.224 * 255, 0.225 * 255];

/** In what the dense layers compute. */
export type Precision = "float32" | "int8";

export interface TokenGraphOptions {
  /** Pictures in a run; 1. */
  readonly batch?: number;
  /** Pixels, multiples of the patch. */
  readonly width: number;
  readonly height: number;
  /** Brings every token to the length 1, as distances between them want it; false. */
  readonly unitLength?: boolean;
  /** `int8`: the dense layers in integers, less than the whole truth; float32 unless told. */
  readonly precision?: Precision;
}

/**
 * The whole network as one graph: `pictures` `[batch, height, width, 3]` uint8 RGB -> `tokens` `[batch, rows * columns,
 * dim * taps]` float32, one row per patch from the top left, the outputs of the tapped blocks side by side, without
 * class token, registers and final normalisation. Normalising the colours is part of the patch embedding.
 */
export function tokenGraph(
  configuration: DinoConfiguration,
  weights: DinoWeights,
  { batch = 1, width, height, unitLength = false, precision = "float32" }: TokenGraphOptions,
): GraphModel {
  const { dim, patch, registers, taps } = configuration;
  const [rows, columns] = [height / patch, width / patch];
  const graph = new GraphBuilder(configuration.id);
  const pictures = graph.input("pictures", "uint8", [batch, height, width, 3]);
  const patches = patchEmbedding(pictures, configuration, weights);
  const prefix = 1 + registers;
  const tokens = prefix + rows * columns;
  const embedded = embedTokens(patches, configuration, weights, { rows, columns, batch });
  let x = reshape(embedded, [batch * tokens, dim]);
  const linear = precision === "int8" ? int8Linear : floatLinear;
  const tapped: Value[] = [];
  for (let index = 0; index <= Math.max(...taps); index++) {
    x = block(x, index, { configuration, weights, batch, tokens, linear });
    if (taps.includes(index)) tapped.push(x);
  }
  const joined = reshape(concat(tapped as [Value, ...Value[]], 1), [batch, tokens, dim * tapped.length]);
  const found = slice(joined, { axis: 1, start: prefix });
  graph.output("tokens", unitLength ? div(found, reduceL2(found, { axes: [2], keepDims: true })) : found);
  return graph.build();
}

/** `[batch, height, width, 3]` uint8 -> `[batch, rows * columns, dim]`. */
function patchEmbedding(pictures: Value, { dim, patch }: DinoConfiguration, weights: DinoWeights): Value {
  const { graph, shape } = pictures;
  const planes = transpose(cast(pictures, "float32"), [0, 3, 1, 2]);
  const { weight, bias } = forBytes(
    weights.of("patch_embed.proj.weight"),
    weights.of("patch_embed.proj.bias"),
    patch,
  );
  const kernel = graph.constant(float32([dim, 3, patch, patch], weight));
  const cells = conv(planes, kernel, { strides: patch, bias: graph.constant(float32([dim], bias)) });
  const [batch = 1] = shape;
  return transpose(reshape(cells, [batch, dim, -1]), [0, 2, 1]);
}

/** The patch embedding of normalised colours as one of bytes: `w ((x - mean) / deviation) + b`. */
function forBytes(weight: Float32Array, bias: Float32Array, patch: number) {
  const area = patch * patch;
  const shifted = Float64Array.from(bias);
  const scaled = weight.map((value, at) => {
    const channel = Math.floor(at / area) % 3;
    const factor = value / (DEVIATION[channel] ?? 1);
    const output = Math.floor(at / (3 * area));
    shifted[output] = (shifted[output] ?? 0) - factor * (MEAN[channel] ?? 0);
    return factor;
  });
  return { weight: scaled, bias: Float32Array.from(shifted) };
}

/** Positions added, class token and registers in front: `[batch, 1 + registers + patches, dim]`. */
function embedTokens(
  patches: Value,
  { dim, registers, trainedGrid }: DinoConfiguration,
  weights: DinoWeights,
  { rows, columns, batch }: { rows: number; columns: number; batch: number },
): Value {
  const { graph } = patches;
  const positions = weights.of("pos_embed");
  const own = registers === 0 ? dim : 0;
  const grid = resamplePositions(positions.subarray(own), trainedGrid, { rows, columns, dim });
  const classToken = weights
    .of("cls_token")
    .map((value, at) => value + (own === 0 ? 0 : (positions[at] ?? 0)));
  const repeated = (tensor: TensorOf<"float32">) =>
    expand(graph.constant(tensor), [batch, tensor.shape[1] ?? 0, dim]);
  const placed = add(patches, graph.constant(float32([1, rows * columns, dim], grid)));
  const register = registers === 0 ? [] : [repeated(float32([1, registers, dim], weights.of("reg_token")))];
  return concat([repeated(float32([1, 1, dim], classToken)), ...register, placed], 1);
}

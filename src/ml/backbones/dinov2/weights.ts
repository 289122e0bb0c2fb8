import { createHash } from "node:crypto";
import type { DinoConfiguration } from "./configuration.ts";

/** A weight by timm's name. */
export interface WeightShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** All weights of one model by timm's names, row-major float32. */
export class DinoWeights {
  readonly #numbers: ReadonlyMap<string, Float32Array>;

  constructor(numbers: ReadonlyMap<string, Float32Array>) {
    this.#numbers = numbers;
  }

  /** @throws RangeError for a name that no model has: a mistake of the code */
  of(name: string): Float32Array {
    const numbers = this.#numbers.get(name);
    if (numbers === undefined) throw new RangeError(`there is no weight "${name}"`);
    return numbers;
  }

  /**
   * SHA-256 of all numbers, hex: the same for one model in timm's and in Hugging Face's file of equal precision.
   * O(numbers).
   */
  digest(): string {
    const hash = createHash("sha256");
    for (const [name, { buffer, byteOffset, byteLength }] of this.#numbers)
      hash.update(name).update(new Uint8Array(buffer, byteOffset, byteLength));
    return hash.digest("hex");
  }
}

/**
 * The weights that the graph needs. The final normalisation is not among them: nothing behind the last tap is used.
 * `pos_embed` has the class token's own position first where there are no registers, none for it where there are
 * (timm adds it to the class token then).
 */
export function weightShapes(configuration: DinoConfiguration): WeightShape[] {
  const { dim, depth, hidden, registers, patch, trainedGrid } = configuration;
  const positions = trainedGrid ** 2 + (registers === 0 ? 1 : 0);
  const blocks = Array.from({ length: depth }, (_, index) =>
    blockShapes(dim, hidden).map(({ name, shape }) => ({ name: `blocks.${index}.${name}`, shape })),
  );
  return [
    { name: "cls_token", shape: [1, 1, dim] },
    ...(registers === 0 ? [] : [{ name: "reg_token", shape: [1, registers, dim] }]),
    { name: "pos_embed", shape: [1, positions, dim] },
    { name: "patch_embed.proj.weight", shape: [dim, 3, patch, patch] },
    { name: "patch_embed.proj.bias", shape: [dim] },
    ...blocks.flat(),
  ];
}

function blockShapes(dim: number, hidden: number): WeightShape[] {
  return [
    { name: "norm1.weight", shape: [dim] },
    { name: "norm1.bias", shape: [dim] },
    { name: "attn.qkv.weight", shape: [3 * dim, dim] },
    { name: "attn.qkv.bias", shape: [3 * dim] },
    { name: "attn.proj.weight", shape: [dim, dim] },
    { name: "attn.proj.bias", shape: [dim] },
    { name: "ls1.gamma", shape: [dim] },
    { name: "norm2.weight", shape: [dim] },
    { name: "norm2.bias", shape: [dim] },
    { name: "mlp.fc1.weight", shape: [hidden, dim] },
    { name: "mlp.fc1.bias", shape: [hidden] },
    { name: "mlp.fc2.weight", shape: [dim, hidden] },
    { name: "mlp.fc2.bias", shape: [dim] },
    { name: "ls2.gamma", shape: [dim] },
  ];
}

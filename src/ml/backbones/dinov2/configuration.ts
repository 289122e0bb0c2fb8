/** What decides the shapes of a DINOv2 vision transformer and what is read out of it. */
export interface DinoConfiguration {
  /** timm's name, under which its weights lie and memories record it. */
  readonly id: string;
  /** Numbers per token. */
  readonly dim: number;
  readonly heads: number;
  /** Blocks. */
  readonly depth: number;
  /** Numbers in the hidden layer of a block's feed-forward part. */
  readonly hidden: number;
  /** Tokens beside the class token that stand for no patch (Darcet et al., 2023): 0 or 4. */
  readonly registers: number;
  /** Pixels along a patch's side. */
  readonly patch: number;
  /** Patches along a side of the pictures that it was trained on: the size of its position embedding. */
  readonly trainedGrid: number;
  /** Blocks, from 0, whose outputs are concatenated, without the final normalisation. */
  readonly taps: readonly number[];
}

/** The sizes whose feed-forward part is a plain one: all but the giant. */
const SIZES = {
  small: { dim: 384, heads: 6, depth: 12 },
  base: { dim: 768, heads: 12, depth: 12 },
  large: { dim: 1024, heads: 16, depth: 24 },
} as const;

function configuration(size: keyof typeof SIZES, registers: 0 | 4): DinoConfiguration {
  const { dim, heads, depth } = SIZES[size];
  return {
    id: `vit_${size}_patch14_${registers === 0 ? "" : "reg4_"}dinov2`,
    dim,
    heads,
    depth,
    hidden: 4 * dim,
    registers,
    patch: 14,
    trainedGrid: 37,
    taps: [depth - 3, depth - 2, depth - 1],
  };
}

/**
 * The published models. The last three blocks are read: of the 12 blocks of the small one 9, 10 and 11, as the
 * inspection reference does (spec/inspection.md section 2, "Algorithm of the reference").
 *
 * Source: M. Oquab et al., "DINOv2: Learning Robust Visual Features without Supervision", 2023, table 17;
 * T. Darcet et al., "Vision Transformers Need Registers", 2023.
 */
export const DINOV2_MODELS: readonly DinoConfiguration[] = [
  configuration("small", 0),
  configuration("small", 4),
  configuration("base", 0),
  configuration("base", 4),
  configuration("large", 0),
  configuration("large", 4),
];

/** Numbers that describe one patch: the outputs of all taps. */
export function tokenDim({ dim, taps }: Pick<DinoConfiguration, "dim" | "taps">): number {
  return dim * taps.length;
}

import {
  add,
  concat,
  GraphBuilder,
  type GraphModel,
  gather,
  gemm,
  mul,
  reduceMean,
  reduceSum,
  relu,
  reshape,
  slice,
  sqrt,
  sub,
  topK,
  type Value,
} from "../../../graph/index.ts";
import { type Fb98Options, fb98Grids, type PatchGrid } from "../../../ml/backbones/fb98/grids.ts";
import type { GridFacts } from "./embed-graph.ts";
import type { Size } from "./working-size.ts";

/** Sizes of one grid's bank. */
export interface BankFacts {
  readonly name: string;
  /** Rows of the bank. */
  readonly size: number;
  readonly kept: number;
}

/** The bank's patches whose reach is averaged around a picture's patch. */
const NEAREST = 3;
/** Distances at a time: they stay near the processor, and a bank of everything does not fill the memory. */
const MAX_DISTANCES = 4_000_000;

/**
 * From a picture to its scores, one run: `picture` `[height, width, 3]` uint8 and per grid `NAME.projection`
 * `[dim, kept]`, `NAME.offset` `[kept]`, `NAME.bank` `[size, kept]`, `NAME.cost` `[size]` (squared norm of each
 * row, or more to leave it out), `NAME.reach` `[size]` (what its neighbourhood takes off the score),
 * `NAME.gain` `[1]` (score per distance) -> `NAME.scores` `[rows, columns]`.
 *
 * Source: spec/inspection.md section 4, points 3 to 5.
 */
export function scoreGraph(
  { width, height }: Size,
  options: Fb98Options,
  banks: readonly BankFacts[],
): { model: GraphModel; grids: readonly GridFacts[] } {
  const graph = new GraphBuilder("fb98-score");
  const picture = graph.input("picture", "uint8", [height, width, 3]);
  const grids = fb98Grids(picture, options).map((grid) => {
    const bank = banks.find(({ name }) => name === grid.name);
    if (bank === undefined) throw new RangeError(`the memory has no grid "${grid.name}"`);
    graph.output(`${grid.name}.scores`, gridScores(graph, grid, bank));
    const { patches: _, ...facts } = grid;
    return facts;
  });
  return { model: graph.build(), grids };
}

function gridScores(graph: GraphBuilder, grid: PatchGrid, bank: BankFacts): Value {
  const input = (part: string, shape: readonly number[]) =>
    graph.input(`${grid.name}.${part}`, "float32", shape);
  const projection = input("projection", [grid.dim, bank.kept]);
  const whitened = gemm(grid.patches, projection, input("offset", [bank.kept]));
  const parts = {
    rows: input("bank", [bank.size, bank.kept]),
    cost: input("cost", [bank.size]),
    reach: input("reach", [bank.size]),
    gain: input("gain", [1]),
  };
  const count = grid.rows * grid.columns;
  const step = Math.max(1, Math.floor(MAX_DISTANCES / bank.size));
  const blocks = Array.from({ length: Math.ceil(count / step) }, (_, block) => {
    const range = { axis: 0, start: block * step, end: Math.min(count, (block + 1) * step) };
    return patchScores(slice(whitened, range), parts);
  });
  return reshape(concat(blocks as [Value, ...Value[]], 0), [grid.rows, grid.columns]);
}

interface BankParts {
  readonly rows: Value;
  readonly cost: Value;
  readonly reach: Value;
  readonly gain: Value;
}

/** `[n, kept]` -> `[n, 1]` */
function patchScores(patches: Value, { rows, cost, reach, gain }: BankParts): Value {
  const partial = gemm(patches, rows, cost, { transposeB: true, alpha: -2 });
  const k = Math.min(NEAREST, rows.shape[0] ?? 0);
  const { values, indices } = topK(partial, { k, largest: false });
  const norms = reduceSum(mul(patches, patches), { axes: [1], keepDims: true });
  const nearest = sqrt(relu(add(slice(values, { axis: 1, start: 0, end: 1 }), norms)));
  const around = reduceMean(gather(reach, indices), { axes: [1], keepDims: true });
  return sub(mul(nearest, gain), around);
}

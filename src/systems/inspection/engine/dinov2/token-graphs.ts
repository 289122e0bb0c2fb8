import {
  add,
  concat,
  GraphBuilder,
  type GraphModel,
  gemm,
  reduceMin,
  relu,
  reshape,
  slice,
  sqrt,
  type Value,
} from "../../../../graph/index.ts";

/** Distances at a time: they stay near the processor, and a large bank does not fill the memory. */
const MAX_DISTANCES = 4_000_000;

/**
 * `tokens` `[rows * columns, dim]` of length 1, `bank` `[size, dim]`, `cost` `[size]` (squared norms of its rows, or more
 * to leave one out) -> `grid.scores` `[rows, columns]`, the Euclidean distance to the nearest row: 0 to 2.
 *
 * Source: K. Roth et al., "Towards Total Recall in Industrial Anomaly Detection", 2022, section 3.3, one neighbour.
 */
export function nearestGraph(
  { rows, columns }: { readonly rows: number; readonly columns: number },
  size: number,
  dim: number,
): GraphModel {
  const graph = new GraphBuilder("token-distances");
  const count = rows * columns;
  const tokens = graph.input("tokens", "float32", [count, dim]);
  const bank = graph.input("bank", "float32", [size, dim]);
  const cost = graph.input("cost", "float32", [size]);
  const step = Math.max(1, Math.floor(MAX_DISTANCES / size));
  const blocks = Array.from({ length: Math.ceil(count / step) }, (_, block) => {
    const range = { axis: 0, start: block * step, end: Math.min(count, (block + 1) * step) };
    const partial = gemm(slice(tokens, range), bank, cost, { transposeB: true, alpha: -2 });
    return reduceMin(partial, { axes: [1], keepDims: true });
  });
  const nearest = concat(blocks as [Value, ...Value[]], 0);
  graph.output("grid.scores", reshape(sqrt(relu(add(nearest, 1))), [rows, columns]));
  return graph.build();
}

/** `tokens` `[rows, dim]`, `sketch` `[dim, sketchDim]` -> `sketched` `[rows, sketchDim]`. */
export function sketchGraph(rows: number, dim: number, sketchDim: number): GraphModel {
  const graph = new GraphBuilder("token-sketch");
  const tokens = graph.input("tokens", "float32", [rows, dim]);
  graph.output("sketched", gemm(tokens, graph.input("sketch", "float32", [dim, sketchDim])));
  return graph.build();
}

import {
  add,
  equal,
  GraphBuilder,
  type GraphModel,
  gemm,
  mul,
  reduceMean,
  reduceSum,
  relu,
  sqrt,
  topK,
  type Value,
  where,
} from "../../../graph/index.ts";

/** A squared distance beyond every real one: rows that may not be found. */
export const FORBIDDEN = 1e9;

/**
 * `patches` `[rows, dim]`, `projection` `[dim, kept]`, `offset` `[kept]`, `sketch` `[kept, sketchDim]` ->
 * `whitened` `[rows, kept]` and its random projection `sketched` `[rows, sketchDim]`.
 */
export function whitenGraph(rows: number, dim: number, kept: number, sketchDim: number): GraphModel {
  const graph = new GraphBuilder("bank-whiten");
  const patches = graph.input("patches", "float32", [rows, dim]);
  const projection = graph.input("projection", "float32", [dim, kept]);
  const whitened = gemm(patches, projection, graph.input("offset", "float32", [kept]));
  graph.output("whitened", whitened);
  graph.output("sketched", gemm(whitened, graph.input("sketch", "float32", [kept, sketchDim])));
  return graph.build();
}

/**
 * How far bank patches lie from the patches of other pictures: `bank` `[rows, kept]` with `bankSources`
 * `[rows, 1]`, `sample` `[count, kept]` with `sampleSources` `[1, count]` -> `reach` `[rows]`, the mean distance
 * to the `nearest` nearest ones.
 */
export function reachGraph(rows: number, count: number, kept: number, nearest: number): GraphModel {
  const graph = new GraphBuilder("bank-reach");
  const bank = graph.input("bank", "float32", [rows, kept]);
  const sample = graph.input("sample", "float32", [count, kept]);
  const same = equal(
    graph.input("bankSources", "int32", [rows, 1]),
    graph.input("sampleSources", "int32", [1, count]),
  );
  const partial = gemm(bank, sample, squaredNorms(sample), { transposeB: true, alpha: -2 });
  const others = where(same, FORBIDDEN, partial);
  const { values } = topK(others, { k: Math.min(nearest, count), largest: false });
  const squared = relu(add(values, reduceSum(mul(bank, bank), { axes: [1], keepDims: true })));
  graph.output("reach", reduceMean(sqrt(squared), { axes: [1] }));
  return graph.build();
}

/** `[n, dim]` -> `[n]` */
function squaredNorms(x: Value): Value {
  return reduceSum(mul(x, x), { axes: [1] });
}

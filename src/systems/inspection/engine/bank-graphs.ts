import {
  add,
  argMax,
  concat,
  equal,
  GraphBuilder,
  type GraphModel,
  gather,
  gemm,
  min,
  mul,
  reduceMean,
  reduceMin,
  reduceSum,
  relu,
  reshape,
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

/**
 * Steps of greedy k-center selection: each chooses the point farthest from all chosen so far (the lowest of equal
 * ones). `points` `[dim, count]`, `norms` `[1, count]` their squared norms, `nearest` `[1, count]` squared distance to
 * the nearest chosen one, `next` `[1]` int64 -> `chosen` `[steps]` int64, and `nearestAfter`, `nextAfter` to go on with.
 *
 * Source: Gonzalez, Clustering to minimize the maximum intercluster distance, 1985. As a graph it takes a quarter of
 * the time of the same in typed arrays.
 */
export function coresetGraph(count: number, dim: number, steps: number): GraphModel {
  const graph = new GraphBuilder("bank-coreset");
  const points = graph.input("points", "float32", [dim, count]);
  const norms = graph.input("norms", "float32", [1, count]);
  let nearest = graph.input("nearest", "float32", [1, count]);
  let next = graph.input("next", "int64", [1]);
  const chosen: Value[] = [];
  for (let step = 0; step < steps; step++) {
    chosen.push(next);
    const centre = reshape(gather(points, next, 1), [1, dim]);
    const distances = add(gemm(centre, points, norms, { alpha: -2 }), gather(norms, next, 1));
    nearest = min(nearest, distances);
    next = reshape(argMax(nearest, 1), [1]);
  }
  graph.output("chosen", concat(chosen as [Value, ...Value[]], 0));
  graph.output("nearestAfter", nearest);
  graph.output("nextAfter", next);
  return graph.build();
}

/**
 * How near points lie to the nearest of some centres: `points` `[rows, dim]`, `centres` `[count, dim]`, `costs`
 * `[1, count]` (0, or more for a centre that may not be found) -> `nearest` `[rows]`, squared.
 */
export function nearestCentreGraph(rows: number, count: number, dim: number): GraphModel {
  const graph = new GraphBuilder("bank-nearest");
  const points = graph.input("points", "float32", [rows, dim]);
  const centres = graph.input("centres", "float32", [count, dim]);
  const costs = add(graph.input("costs", "float32", [1, count]), squaredNorms(centres));
  const partial = reduceMin(gemm(points, centres, costs, { transposeB: true, alpha: -2 }), { axes: [1] });
  graph.output("nearest", relu(add(partial, squaredNorms(points))));
  return graph.build();
}

/** `points` `[count, dim]` -> `squared` `[count, count]`, the squared distances between all of them. */
export function pairsGraph(count: number, dim: number): GraphModel {
  const graph = new GraphBuilder("bank-pairs");
  const points = graph.input("points", "float32", [count, dim]);
  const norms = squaredNorms(points);
  const partial = gemm(points, points, norms, { transposeB: true, alpha: -2 });
  graph.output("squared", relu(add(partial, reshape(norms, [count, 1]))));
  return graph.build();
}

/** `[n, dim]` -> `[n]` */
function squaredNorms(x: Value): Value {
  return reduceSum(mul(x, x), { axes: [1] });
}

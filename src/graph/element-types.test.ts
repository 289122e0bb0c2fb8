import { expect, test } from "vitest";
import { compute } from "../ml/runtime/compute.ts";
import * as g from "./index.ts";
import { type ElementType, float32, GraphError, type Value } from "./index.ts";

/** What the builder accepts onnxruntime has a kernel for: every operator with every element type, or a refusal. */

const TYPES: readonly ElementType[] = ["float32", "float64", "int64", "int32", "int8", "uint8", "bool"];

/** Of a picture `[1, 2, 4, 4]`. */
const OPERATORS: Readonly<Record<string, (x: Value) => Value>> = {
  add: (x) => g.add(x, x),
  sub: (x) => g.sub(x, x),
  mul: (x) => g.mul(x, x),
  div: (x) => g.div(x, x),
  pow: (x) => g.pow(x, x),
  max: (x) => g.max(x, x),
  min: (x) => g.min(x, x),
  equal: (x) => g.equal(x, x),
  less: (x) => g.less(x, x),
  greater: (x) => g.greater(x, x),
  neg: g.neg,
  abs: g.abs,
  sqrt: g.sqrt,
  log: g.log,
  exp: g.exp,
  relu: g.relu,
  sigmoid: g.sigmoid,
  tanh: g.tanh,
  erf: g.erf,
  clip: (x) => g.clip(x, 0, 1),
  where: (x) => g.where(g.cast(x, "bool"), x, x),
  "cast to float32": (x) => g.cast(x, "float32"),
  "cast to int8": (x) => g.cast(x, "int8"),
  "cast to bool": (x) => g.cast(x, "bool"),
  matMul: (x) => g.matMul(x, x),
  gemm: (x) => g.gemm(g.reshape(x, [8, 4]), g.reshape(x, [4, 8])),
  conv: (x) => g.conv(x, g.reshape(x, [16, 2, 1, 1])),
  averagePool: (x) => g.averagePool(x, { kernel: 2 }),
  maxPool: (x) => g.maxPool(x, { kernel: 2 }),
  reduceSum: (x) => g.reduceSum(x),
  reduceMean: (x) => g.reduceMean(x, { axes: [1] }),
  reduceMax: (x) => g.reduceMax(x, { axes: [-1] }),
  reduceMin: (x) => g.reduceMin(x),
  reduceL2: (x) => g.reduceL2(x),
  argMax: (x) => g.argMax(x, 1),
  argMin: (x) => g.argMin(x, 1),
  topK: (x) => g.topK(x, { k: 2 }).values,
  reshape: (x) => g.reshape(x, [-1]),
  transpose: (x) => g.transpose(x, [3, 2, 1, 0]),
  concat: (x) => g.concat([x, x], 0),
  split: (x) => g.split(x, [1, 3], 3)[1] ?? x,
  squeeze: (x) => g.squeeze(x, [0]),
  unsqueeze: (x) => g.unsqueeze(x, [0]),
  expand: (x) => g.expand(x, [3, 2, 4, 4]),
  pad: (x) =>
    g.pad(
      x,
      [
        [1, 0],
        [0, 0],
        [0, 1],
        [0, 0],
      ],
      { value: 1 },
    ),
  "pad by its edge": (x) =>
    g.pad(
      x,
      [
        [0, 0],
        [0, 0],
        [0, 1],
        [0, 0],
      ],
      { mode: "edge" },
    ),
  "pad by reflection": (x) =>
    g.pad(
      x,
      [
        [0, 0],
        [0, 0],
        [0, 1],
        [0, 0],
      ],
      { mode: "reflect" },
    ),
  slice: (x) => g.slice(x, { axis: 2, start: 1, step: 2 }),
  gather: (x) => g.gather(x, x.graph.constant(g.int64([1], [0])), 1),
  resize: (x) => g.resize(x, [2, 2], { mode: "linear" }),
  softmax: (x) => g.softmax(x),
  layerNorm: (x) => g.layerNorm(x, row(x), row(x)),
  batchNorm: (x) =>
    g.batchNorm(x, { scale: channels(x), bias: channels(x), mean: channels(x), variance: channels(x) }),
};

/** The first of a picture's rows, as a vector. */
function row(x: Value): Value {
  return g.reshape(g.slice(x, { axis: 1, end: 1 }, { axis: 2, end: 1 }), [4]);
}

/** Its first column of channels, as a vector. */
function channels(x: Value): Value {
  return g.reshape(g.slice(x, { axis: 2, end: 1 }, { axis: 3, end: 1 }), [2]);
}

const ONES = float32([1, 2, 4, 4], new Float32Array(32).fill(1));

test.each(TYPES)("operators on %s", async (type) => {
  const trouble: string[] = [];
  for (const [name, operator] of Object.entries(OPERATORS)) {
    try {
      await compute({ x: ONES }, ({ x }) => operator(g.cast(x, type)));
    } catch (error) {
      if (!(error instanceof GraphError)) trouble.push(`${name}: ${error}`);
    }
  }
  expect(trouble).toEqual([]);
});

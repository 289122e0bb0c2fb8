import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { evaluate } from "../../ml/runtime/compute.ts";
import * as g from "../index.ts";
import { float32, GraphBuilder, gradients, int64, type Value } from "../index.ts";

interface Stored {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

interface Case {
  readonly name: string;
  readonly inputs: Readonly<Record<string, Stored>>;
  readonly probe: Stored;
  readonly loss: number;
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

type Inputs = (name: string) => Value;

/** What each stored case computes, in the graph's own words. */
const FUNCTIONS: Readonly<Record<string, (of: Inputs) => Value>> = {
  conv: convolution({ pads: 1 }),
  "conv, many channels, few positions": convolution({ pads: 1 }),
  "conv, many channels, many positions": convolution({ pads: 1 }),
  "conv, stride 2": convolution({ pads: 1, strides: 2 }),
  "conv, stem": convolution({ pads: 3, strides: 2 }),
  "conv, pointwise": convolution({}),
  "conv, pointwise, stride 2": convolution({ strides: 2 }),
  "conv, dilated": convolution({ dilations: 2, pads: 2 }),
  "conv, two groups": convolution({ pads: 1, groups: 2 }),
  "conv, depthwise": convolution({ pads: 1, strides: 2, groups: 4 }),
  batchNormTraining: (of) => g.batchNormTraining(of("x"), of("scale"), of("bias")).y,
  "batchNormTraining, rows": (of) => g.batchNormTraining(of("x"), of("scale"), of("bias")).y,
  batchNorm: (of) => {
    const { graph } = of("x");
    const mean = graph.constant(float32([3], [0.25, -0.5, 0.125]));
    const variance = graph.constant(float32([3], [0.5, 1.5, 2]));
    return g.batchNorm(of("x"), { scale: of("scale"), bias: of("bias"), mean, variance });
  },
  layerNorm: (of) => g.layerNorm(of("x"), of("scale"), of("bias")),
  relu: (of) => g.relu(of("x")),
  gelu: (of) => g.gelu(of("x")),
  silu: (of) => g.silu(of("x")),
  abs: (of) => g.abs(of("x")),
  clip: (of) => g.clip(of("x"), -1, 1),
  pow: (of) => g.pow(of("a"), of("b")),
  max: (of) => g.max(of("a"), of("b")),
  min: (of) => g.min(of("a"), of("b")),
  maxPool: (of) => g.maxPool(of("x"), { kernel: 2, strides: 2 }),
  "maxPool, ties": (of) => g.maxPool(of("x"), { kernel: 2, strides: 2 }),
  "maxPool, rest at the border": (of) => g.maxPool(of("x"), { kernel: 2, strides: 2 }),
  "maxPool, overlapping": (of) => g.maxPool(of("x"), { kernel: 3, strides: 2, pads: 1 }),
  averagePool: (of) => g.averagePool(of("x"), { kernel: 2, strides: 2 }),
  "averagePool, overlapping": (of) => g.averagePool(of("x"), { kernel: 3, strides: 2, pads: 1 }),
  "averagePool, padding not counted": (of) =>
    g.averagePool(of("x"), { kernel: 3, strides: 2, pads: 1, countPadding: false }),
  reduceMax: (of) => g.reduceMax(of("x"), { axes: [1] }),
  softmax: (of) => g.softmax(of("x"), 1),
  logSoftmax: (of) => g.logSoftmax(of("x")),
  matMul: (of) => g.matMul(of("a"), of("b")),
  "matMul, broadcast": (of) => g.matMul(of("a"), of("b")),
  "pad, reflect": (of) => g.pad(of("x"), PADS, { mode: "reflect" }),
  "pad, edge": (of) => g.pad(of("x"), PADS, { mode: "edge" }),
  gather: (of) => g.gather(of("x"), of("x").graph.constant(int64([4], [2, 0, 2, -1])), 1),
  slice: (of) => g.slice(of("x"), { axis: 1, start: 1, end: 6, step: 2 }, { axis: 2, start: -2 }),
  softCrossEntropy: (of) => g.softCrossEntropy(of("logits"), of("targets")),
  binaryCrossEntropyWithLogits: (of) => g.binaryCrossEntropyWithLogits(of("logits"), of("targets")),
  meanSquaredError: (of) => g.meanSquaredError(of("prediction"), of("target")),
  net,
};

const PADS = [
  [0, 0],
  [0, 0],
  [0, 2],
  [2, 1],
] as const;

function convolution(options: g.ConvOptions): (of: Inputs) => Value {
  return (of) => g.conv(of("x"), of("weight"), { ...options, bias: of("bias") });
}

function net(of: Inputs): Value {
  const normalised = (x: Value, block: number) =>
    g.batchNormTraining(x, of(`scale${block}`), of(`bias${block}`)).y;
  const pooled = [1, 2].reduce((x, block) => {
    const y = normalised(g.conv(x, of(`conv${block}`), { pads: 1 }), block);
    return g.maxPool(g.relu(y), { kernel: 2, strides: 2 });
  }, of("images"));
  const y = normalised(g.conv(pooled, of("conv3"), { pads: 1, strides: 2 }), 3);
  const x = g.relu(g.add(y, g.conv(pooled, of("shortcut"), { strides: 2 })));
  const logits = g.gemm(g.globalAveragePool(x), of("weight"), of("bias"), { transposeB: true });
  return g.softCrossEntropy(logits, of("targets"));
}

const vectors = new URL("../../../tests/vectors/gradients.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(vectors, "utf8")) as { cases: readonly Case[] };

test.each(cases)("$name: loss and gradients are torch's", async ({ name, inputs, probe, ...expected }) => {
  const graph = new GraphBuilder(name);
  const values = new Map(
    Object.entries(inputs).map(([key, { shape }]) => [key, graph.input(key, "float32", shape)]),
  );
  const of: Inputs = (key) => {
    const value = values.get(key);
    if (value === undefined) throw new Error(`the case has no input ${key}`);
    return value;
  };
  const output = FUNCTIONS[name]?.(of);
  if (output === undefined) throw new Error(`no function for the case ${name}`);
  const loss = g.reduceSum(g.mul(output, graph.constant(tensor(probe))));
  const wanted = Object.keys(expected.gradients);
  graph.output("loss", loss);
  gradients(loss, wanted.map(of)).forEach((value, index) => {
    graph.output(`gradient ${wanted[index]}`, value);
  });
  const feeds = Object.fromEntries(Object.entries(inputs).map(([key, stored]) => [key, tensor(stored)]));
  const results = await evaluate(graph.build(), feeds);
  const terms = probe.values.length > 1 ? probe.values.length : 1;
  expect(Math.abs(Number(results.loss?.data[0]) - expected.loss)).toBeLessThan(
    1e-6 * (Math.abs(expected.loss) + terms),
  );
  for (const key of wanted) expectClose(results[`gradient ${key}`]?.data, expected.gradients[key] ?? []);
});

function tensor({ shape, values }: Stored) {
  return float32(shape, values);
}

/** Within 2e-6 of the largest number. */
function expectClose(actual: g.Tensor["data"] | undefined, expected: readonly number[]): void {
  expect(actual?.length).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  const worst = Math.max(...expected.map((value, index) => Math.abs(value - Number(actual?.[index]))));
  expect(worst / scale).toBeLessThan(2e-6);
}

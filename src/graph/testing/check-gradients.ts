import { expect } from "vitest";
import { add, GraphBuilder, GraphError, gradients, mul, reduceSum, type Value } from "../index.ts";
import type { GraphModel } from "../model.ts";
import { elementCount, type Shape, type Tensor } from "../tensor.ts";
import { at } from "../value.ts";
import type { Numbers } from "./float64-tensor.ts";
import { interpret } from "./interpret.ts";

/** What is differentiated: inputs by name, and one or more outputs made of them. */
type Build<K extends string> = (
  inputs: Readonly<Record<K, Value>>,
  graph: GraphBuilder,
) => Value | readonly Value[];

/** Half of the step of the differences; their error is of its square. */
const STEP = 1e-5;
/** Of an input this many elements are varied. */
const PROBES = 12;

/** Runs a model once: `evaluate` of ml/runtime, which this room does not know. */
type Evaluate = (
  model: GraphModel,
  feeds: Readonly<Record<string, Tensor>>,
) => Promise<Readonly<Record<string, Tensor>>>;

/**
 * For tests: the loss is the sum of all outputs, weighted by fixed numbers. Its gradients by every input are
 *
 * 1. worked out in double precision (interpret.ts) and compared with central differences of the loss, likewise in
 *    double precision, to 1e-6 of the greatest gradient (or of 1, if that is greater);
 * 2. run by onnxruntime in float32 and compared with the doubles to 1e-5.
 */
export async function checkGradients<K extends string>(
  evaluate: Evaluate,
  feeds: Readonly<Record<K, Numbers>>,
  build: Build<K>,
): Promise<void> {
  const { graph, names, inputs, loss } = built(feeds, build);
  const ofAll = gradients(
    loss,
    names.map((name) => inputs[name]),
  );
  const read = interpret(graph, feeds);
  names.forEach((name, index) => {
    expectSlopes(name, read(at(ofAll, index)), feeds[name], (moved) => {
      return interpret(graph, { ...feeds, [name]: moved })(loss).data[0] ?? Number.NaN;
    });
  });
  names.forEach((name, index) => {
    graph.output(`gradient ${name}`, at(ofAll, index));
  });
  const tensors = Object.fromEntries(
    names.map((name) => {
      const { shape, data } = feeds[name];
      return [name, { type: "float32" as const, shape, data: Float32Array.from(data) }];
    }),
  );
  const results = await evaluate(graph.build(), tensors);
  names.forEach((name, index) => {
    const exact = read(at(ofAll, index)).data;
    expect(farthest(exact, results[`gradient ${name}`]?.data), `onnxruntime, by ${name}`).toBeLessThan(1e-5);
  });
}

/** The same, where the builder may refuse what fast-check drew: the forward part, never the gradients. */
export async function checkOrRefused<K extends string>(
  evaluate: Evaluate,
  feeds: Readonly<Record<K, Numbers>>,
  build: Build<K>,
): Promise<void> {
  try {
    built(feeds, build);
  } catch (error) {
    if (error instanceof GraphError) return;
    throw error;
  }
  await checkGradients(evaluate, feeds, build);
}

/**
 * Numbers for tests, exact in float32 and each at least 1/128 from every other and from 0 (up to some hundred of
 * them), so that no difference steps over a kink; irregular but the same at every call.
 */
export function scattered(
  shape: Shape,
  options: { readonly seed?: number; readonly positive?: boolean } = {},
): Numbers {
  const { seed = 1, positive = false } = options;
  const count = elementCount(shape);
  const prime = 7919;
  const data = Float64Array.from({ length: count }, (_, index) => {
    const rank = ((index + seed) * prime) % count;
    return (positive ? rank + 32 : rank - Math.floor(count / 2) + 0.5) / 64;
  });
  return { shape, data };
}

function built<K extends string>(feeds: Readonly<Record<K, Numbers>>, build: Build<K>) {
  const graph = new GraphBuilder("checked");
  const names = Object.keys(feeds) as K[];
  const inputs = {} as Record<K, Value>;
  for (const name of names) inputs[name] = graph.input(name, "float32", feeds[name].shape);
  const outputs = build(inputs, graph);
  return { graph, names, inputs, loss: lossOf(graph, "shape" in outputs ? [outputs] : outputs) };
}

function lossOf(graph: GraphBuilder, outputs: readonly Value[]): Value {
  const parts = outputs.map((output, index) => {
    const { shape, data } = scattered(output.shape, { seed: 3 + index });
    const probe = graph.constant({ type: "float32", shape, data: Float32Array.from(data) });
    return reduceSum(mul(output, probe));
  });
  return parts.reduce((sum, part) => add(sum, part));
}

function expectSlopes(
  name: string,
  gradient: Numbers,
  input: Numbers,
  loss: (moved: Numbers) => number,
): void {
  expect(gradient.shape).toEqual(input.shape);
  const stride = Math.max(1, Math.floor(input.data.length / PROBES));
  const chosen = [...input.data.keys()].filter((index) => index % stride === 0);
  const slopes = chosen.map((index) => {
    const moved = (by: number) => ({
      shape: input.shape,
      data: input.data.with(index, (input.data[index] ?? 0) + by),
    });
    return (loss(moved(STEP)) - loss(moved(-STEP))) / (2 * STEP);
  });
  const given = chosen.map((index) => gradient.data[index] ?? Number.NaN);
  expect(farthest(slopes, given), `differences, by ${name}: ${slopes} against ${given}`).toBeLessThan(1e-6);
}

/** The greatest difference, relative to the greatest number or to 1. */
function farthest(expected: ArrayLike<number>, actual: ArrayLike<number | bigint> | undefined): number {
  const list = Array.from(expected);
  const scale = Math.max(1, ...list.map(Math.abs));
  return Math.max(...list.map((value, index) => Math.abs(value - Number(actual?.[index])))) / scale;
}

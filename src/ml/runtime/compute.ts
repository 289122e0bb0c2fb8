import {
  describe,
  GraphBuilder,
  type GraphModel,
  sameShape,
  type Tensor,
  type Value,
} from "../../graph/index.ts";
import type { NamedTensors } from "./numeric-runtime.ts";
import { openSession } from "./onnx-session.ts";

/** For tests: graphs run at once in the calling thread, which they block. The server uses NumericRuntime. */

/** Runs a model once, and demands outputs of the types that the builder worked out. */
export async function evaluate(model: GraphModel, feeds: NamedTensors): Promise<NamedTensors> {
  const session = await openSession(model.bytes, { intraOpThreads: 1 });
  try {
    const outputs = await session.run(feeds);
    for (const expected of model.outputs) demandType(expected, outputs[expected.name]);
    return outputs;
  } finally {
    await session.release();
  }
}

/** Feeds tensors to a graph made for them: `computeAll({ a, b }, ({ a, b }) => [add(a, b)])`. */
export async function computeAll<K extends string>(
  feeds: Readonly<Record<K, Tensor>>,
  build: (inputs: Readonly<Record<K, Value>>, graph: GraphBuilder) => readonly Value[],
): Promise<readonly Tensor[]> {
  const graph = new GraphBuilder("compute");
  const inputs = {} as Record<K, Value>;
  for (const name in feeds) inputs[name] = graph.input(name, feeds[name].type, feeds[name].shape);
  build(inputs, graph).forEach((value, index) => {
    graph.output(`output ${index}`, value);
  });
  return Object.values(await evaluate(graph.build(), feeds));
}

/** The same for a single value. */
export async function compute<K extends string>(
  feeds: Readonly<Record<K, Tensor>>,
  build: (inputs: Readonly<Record<K, Value>>, graph: GraphBuilder) => Value,
): Promise<Tensor> {
  const [tensor] = await computeAll(feeds, (inputs, graph) => [build(inputs, graph)]);
  if (tensor === undefined) throw new RangeError("a graph with one output yielded none");
  return tensor;
}

function demandType(expected: GraphModel["outputs"][number], actual: Tensor | undefined): void {
  if (actual === undefined || actual.type !== expected.type || !sameShape(actual.shape, expected.shape))
    throw new Error(
      `the builder worked out ${describe(expected)} for "${expected.name}", onnxruntime returned ${actual && describe(actual)}`,
    );
}

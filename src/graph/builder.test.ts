import { expect, test } from "vitest";
import { compute, evaluate } from "../ml/runtime/compute.ts";
import { openSession } from "../ml/runtime/onnx-session.ts";
import { add, conv, float32, GraphBuilder, GraphError, matMul, mul, relu, reshape } from "./index.ts";
import { ModelProto } from "./onnx-schema.ts";

function example(): GraphBuilder {
  const graph = new GraphBuilder("example");
  const x = graph.input("x", "float32", [2, 3]);
  graph.output("y", relu(add(matMul(x, graph.constant(float32([3, 2], [1, 0, 0, 1, 1, 1]))), -1)));
  return graph;
}

test("a graph runs under onnxruntime as it was written", async () => {
  const { y } = await evaluate(example().build(), { x: float32([2, 3], [1, 0, 0, 0, 2, 3]) });
  expect(y).toEqual(float32([2, 2], [0, 0, 2, 4]));
});

test("the same calls give the same bytes and hash, other numbers another hash", () => {
  const [a, b] = [example().build(), example().build()];
  expect(a.hash).toMatch(/^[0-9a-f]{64}$/);
  expect([b.hash, b.bytes]).toEqual([a.hash, a.bytes]);
  const other = new GraphBuilder("example");
  other.output("y", add(other.input("x", "float32", [2, 3]), 2));
  expect(other.build().hash).not.toBe(a.hash);
});

test("a model tells its inputs and outputs", () => {
  const model = example().build();
  expect(model.name).toBe("example");
  expect(model.inputs).toEqual([{ name: "x", type: "float32", shape: [2, 3] }]);
  expect(model.outputs).toEqual([{ name: "y", type: "float32", shape: [2, 2] }]);
});

test("one value may be several outputs, and an input or a constant may be one", async () => {
  const graph = new GraphBuilder("outputs");
  const x = graph.input("x", "float32", [2]);
  const doubled = mul(x, 2);
  graph.output("same", x);
  graph.output("doubled", doubled);
  graph.output("again", doubled);
  graph.output("next", add(doubled, 1));
  graph.output("fixed", graph.constant(float32([1], [7])));
  const outputs = await evaluate(graph.build(), { x: float32([2], [1, 2]) });
  expect(outputs.same?.data).toEqual(Float32Array.of(1, 2));
  expect(outputs.doubled?.data).toEqual(Float32Array.of(2, 4));
  expect(outputs.again?.data).toEqual(Float32Array.of(2, 4));
  expect(outputs.next?.data).toEqual(Float32Array.of(3, 5));
  expect(outputs.fixed?.data).toEqual(Float32Array.of(7));
});

test("a file for any batch runs with any", async () => {
  const graph = new GraphBuilder("any");
  graph.output("y", mul(reshape(graph.input("x", "float32", [1, 2, 2]), [-1, 4]), 2));
  const session = await openSession(graph.build({ anyBatch: true }).bytes, { intraOpThreads: 1 });
  const { y } = await session.run({ x: float32([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]) });
  await session.release();
  expect(y).toEqual(float32([2, 4], [2, 4, 6, 8, 10, 12, 14, 16]));
});

test("a file carries texts beside its graph", () => {
  const { bytes } = example().build({ metadata: { classes: '["a","\u00fc"]', made: "by us" } });
  expect(ModelProto.toObject(ModelProto.decode(bytes)).metadata_props).toEqual([
    { key: "classes", value: '["a","\u00fc"]' },
    { key: "made", value: "by us" },
  ]);
});

test("equal numbers are stored once", async () => {
  const graph = new GraphBuilder("scalars");
  expect(graph.scalar("float32", 2)).toBe(graph.scalar("float32", 2));
  expect(graph.scalar("float32", 2)).not.toBe(graph.scalar("int64", 2));
  expect(graph.scalar("float32", 0)).not.toBe(graph.scalar("float32", -0));
});

test("an error names the graph, the node, what was expected and what came", () => {
  const graph = new GraphBuilder("wrong");
  const x = graph.input("x", "float32", [1, 3, 8, 8]);
  const weight = graph.constant(float32([4, 2, 1, 1], new Float32Array(8)));
  expect(() => conv(x, weight)).toThrow(
    new GraphError("wrong", "Conv_0", "expected a weight of [4,3,1,1], got [4,2,1,1]"),
  );
});

test("values of two graphs do not mix", () => {
  const [a, b] = [new GraphBuilder("a"), new GraphBuilder("b")];
  const [x, y] = [a.input("x", "float32", [1]), b.input("y", "float32", [1])];
  expect(() => add(x, y)).toThrow('expected values of this graph, got "y" of "b"');
  expect(() => a.output("y", y)).toThrow(GraphError);
});

test("names are unique, shapes are positive, constants are complete, and something comes out", () => {
  const graph = new GraphBuilder("strict");
  graph.input("x", "float32", [1]);
  expect(() => graph.input("x", "float32", [1])).toThrow('the name "x" is taken');
  expect(() => graph.input("", "float32", [1])).toThrow(GraphError);
  expect(() => graph.input("z", "float32", [0])).toThrow("sizes of at least 1");
  expect(() => graph.constant({ type: "float32", shape: [2], data: new Float32Array(3) })).toThrow(
    GraphError,
  );
  expect(() => graph.build()).toThrow("at least one output");
});

test("nodes are recorded in the order in which they can run", () => {
  expect(example().nodes.map(({ name }) => name)).toEqual(["MatMul_0", "Add_1", "Relu_2"]);
});

test("scalars are tensors too", async () => {
  const sum = await compute({ x: float32([], [2]) }, ({ x }) => add(x, 3));
  expect(sum).toEqual(float32([], [5]));
});

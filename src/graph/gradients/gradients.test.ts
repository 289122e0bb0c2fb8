import { expect, test } from "vitest";
import { compute, computeAll } from "../../ml/runtime/compute.ts";
import * as g from "../index.ts";
import { float32, GraphBuilder, GraphError, gradients } from "../index.ts";

function square() {
  const graph = new GraphBuilder("square");
  const x = graph.input("x", "float32", [3]);
  return { graph, x, loss: g.reduceSum(g.mul(x, x)) };
}

test("what several steps read gets the sum of their gradients", async () => {
  const x = float32([3], [1, 2, -3]);
  const slope = await compute({ x }, ({ x }) => {
    const [byX] = gradients(g.reduceSum(g.add(g.mul(x, x), g.mul(x, 5))), [x]);
    return byX ?? x;
  });
  expect(slope).toEqual(float32([3], [7, 9, -1]));
});

test("values between inputs and loss, constants and the loss itself have gradients, too", async () => {
  const results = await computeAll({ x: float32([2], [3, 4]) }, ({ x }, graph) => {
    const factor = graph.constant(float32([2], [10, 100]));
    const between = g.mul(x, factor);
    const loss = g.reduceSum(g.mul(between, between));
    return gradients(loss, [between, factor, loss]);
  });
  expect(results).toEqual([float32([2], [60, 800]), float32([2], [180, 3200]), float32([], [1])]);
});

test("only what the wanted gradients need is added", () => {
  const types = (wanted: "x" | "weight") => {
    const graph = new GraphBuilder("pruned");
    const values = {
      x: graph.input("x", "float32", [1, 2, 4, 4]),
      weight: graph.input("w", "float32", [2, 2, 3, 3]),
    };
    const forward = g.reduceSum(g.conv(values.x, values.weight));
    const before = graph.nodes.length;
    gradients(forward, [values[wanted]]);
    return graph.nodes.slice(before).map(({ operator }) => operator.type);
  };
  expect(types("x")).toContain("ConvTranspose");
  expect(types("x")).not.toContain("MatMul");
  expect(types("weight")).not.toContain("ConvTranspose");
});

test("branches that the loss does not read, and branches without wanted values, stay as they are", () => {
  const { graph, x, loss } = square();
  const other = graph.input("other", "float32", [3]);
  g.topK(g.exp(x), { k: 2 });
  const sum = g.add(loss, g.reduceSum(g.topK(g.exp(other), { k: 2 }).values));
  expect(gradients(sum, [x])).toHaveLength(1);
});

test("an operator without a rule is named", () => {
  const { x } = square();
  const loss = g.reduceSum(g.topK(x, { k: 2 }).values);
  expect(() => gradients(loss, [x])).toThrow(GraphError);
  expect(() => gradients(loss, [x])).toThrow(
    'graph "square", node TopK_2: the operator TopK has no gradient rule',
  );
});

test("a loss that is no scalar of floats is refused", () => {
  const { x } = square();
  expect(() => gradients(x, [x])).toThrow("expected a scalar loss of floats, got [3] float32");
  const whole = g.reduceSum(g.cast(x, "int64"));
  expect(() => gradients(whole, [x])).toThrow("expected a scalar loss of floats, got [] int64");
});

test("a value that the loss does not depend on is refused: also behind integers and operators of no slope", () => {
  const { graph, x, loss } = square();
  const other = graph.input("other", "float32", [3]);
  expect(() => gradients(loss, [x, other])).toThrow('the loss "ReduceSum_1.0" does not depend on "other"');
  const throughWhole = g.reduceSum(g.cast(g.cast(other, "int64"), "float32"));
  expect(() => gradients(throughWhole, [other])).toThrow('does not depend on "other"');
  const throughSign = g.reduceSum(g.sign(other));
  expect(() => gradients(throughSign, [other])).toThrow('does not depend on "other"');
});

test("a composite is one step, with its own rule, and its operators are in the graph", () => {
  const graph = new GraphBuilder("composite");
  const logits = graph.input("logits", "float32", [2, 3]);
  const targets = graph.input("targets", "float32", [2, 3]);
  const loss = g.softCrossEntropy(logits, targets);
  expect(graph.steps.map(({ operator }) => operator.type)).toEqual(["SoftCrossEntropy"]);
  expect(graph.nodes.map(({ operator }) => operator.type)).toEqual(["LogSoftmax", "Mul", "ReduceSum", "Neg"]);
  gradients(loss, [logits]);
  expect(graph.nodes.map(({ operator }) => operator.type)).toContain("Exp");
  expect(() => g.softCrossEntropy(logits, logits.graph.input("short", "float32", [2, 2]))).toThrow(
    'graph "composite", node SoftCrossEntropy_9: expected two values of one shape',
  );
});

test("the same calls give the same bytes", () => {
  const build = () => {
    const { graph, x, loss } = square();
    for (const gradient of gradients(loss, [x])) graph.output("gradient", gradient);
    return graph.build().hash;
  };
  expect(build()).toBe(build());
});

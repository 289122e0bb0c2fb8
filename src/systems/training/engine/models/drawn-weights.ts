import { createHash } from "node:crypto";
import { hashedNumbers } from "../../../../../tests/support/hashed-numbers.ts";
import { float32, type GraphModel } from "../../../../graph/index.ts";
import { evaluate } from "../../../../ml/runtime/compute.ts";
import type { NamedTensors } from "../../../../ml/runtime/numeric-runtime.ts";
import type { ModelChoice, ModelDefinition, NamedShape, Weights } from "./model.ts";

/** For the tests of models: reproducible numbers that other programs can make too, and one run of a graph. */

/** A small choice; its parts may be replaced. */
export function choiceFor(name: string, parts: Partial<ModelChoice> = {}): ModelChoice {
  return {
    framework: name.startsWith("resnet") ? "timm" : "quatrain",
    name,
    numClasses: 10,
    imageSize: 64,
    frozen: false,
    mean: [0.5, 0.5, 0.5],
    std: [0.5, 0.5, 0.5],
    ...parts,
  };
}

/** Numbers of a usual size for weights in their order in torch's state. */
export function drawnWeights(inOrder: readonly NamedShape[]): Map<string, Float32Array> {
  return new Map(inOrder.map((weight, index) => [weight.name, drawn(weight, index + 1)]));
}

function drawn({ name, shape }: NamedShape, place: number): Float32Array {
  const [out = 1, inputs = 1, height = 1, width = 1] = shape;
  const around = name.endsWith("running_var") || (shape.length === 1 && name.endsWith("weight"));
  if (around) return hashedNumbers(place, elements(shape), (value) => 1 + 0.3 * value);
  const scale =
    shape.length === 4
      ? Math.sqrt(6 / (out * height * width))
      : shape.length === 2
        ? 1 / Math.sqrt(inputs)
        : 0.3;
  return hashedNumbers(place, elements(shape), (value) => value * scale);
}

/** Pictures `[batch, 3, size, size]` in -2..2. */
export function drawnImages(batch: number, size: number) {
  return float32(
    [batch, 3, size, size],
    hashedNumbers(0, batch * 3 * size * size, (value) => 2 * value),
  );
}

/** Runs a graph of a model: the weights it asks for join the feeds. */
export function runModel(graph: GraphModel, weights: Weights, feeds: NamedTensors): Promise<NamedTensors> {
  const fromWeights = graph.inputs.flatMap(({ name, shape }) => {
    const data = weights.get(name);
    return data === undefined ? [] : [[name, float32(shape, data)] as const];
  });
  return evaluate(graph, { ...Object.fromEntries(fromWeights), ...feeds });
}

/** All weights and buffers of a model. */
export function allWeights(model: ModelDefinition): readonly NamedShape[] {
  return [...model.parameters, ...model.frozenParameters, ...model.buffers];
}

/** One text for all numbers of a set of weights: comparing millions of them one by one takes seconds. */
export function digestOf(weights: Weights): string {
  const hash = createHash("sha256");
  for (const [name, { buffer, byteOffset, byteLength }] of weights)
    hash.update(name).update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest("hex");
}

export function elements(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}

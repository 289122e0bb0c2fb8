import type { GraphBuilder } from "../builder.ts";
import type { GraphNode, OnnxAttribute } from "../operator.ts";
import { at, type Value } from "../value.ts";
import { ELEMENTWISE_KERNELS } from "./elementwise-kernels.ts";
import { type Numbers, numbersOf } from "./float64-tensor.ts";
import type { Kernel } from "./kernel.ts";
import { LINEAR_KERNELS } from "./linear-kernels.ts";
import { REDUCTION_KERNELS } from "./reduction-kernels.ts";
import { SHAPE_KERNELS } from "./shape-kernels.ts";
import { WINDOW_KERNELS } from "./window-kernels.ts";

const KERNELS: Readonly<Record<string, Kernel>> = {
  ...ELEMENTWISE_KERNELS,
  ...LINEAR_KERNELS,
  ...REDUCTION_KERNELS,
  ...SHAPE_KERNELS,
  ...WINDOW_KERNELS,
};

/**
 * For tests: runs a graph in double precision, from the operators' ONNX form, with plain loops. onnxruntime's kernels
 * for convolutions, pools and others exist in float32 only, where differences of a loss are too coarse to check a
 * gradient by. Yields every value that was worked out. Slow; for graphs of some thousand elements.
 */
export function interpret(
  graph: GraphBuilder,
  feeds: Readonly<Record<string, Numbers>>,
): (value: Value) => Numbers {
  const known = new Map<string, Numbers>(Object.entries(feeds));
  for (const [name, tensor] of graph.constants) known.set(name, numbersOf(tensor));
  const read = ({ name }: Value): Numbers => {
    const numbers = known.get(name);
    if (numbers === undefined) throw new RangeError(`"${name}" was neither fed nor worked out`);
    return numbers;
  };
  for (const node of graph.nodes) {
    const results = run(node, node.inputs.map(read));
    node.outputs.forEach((output, index) => {
      const data = at(results, index);
      known.set(output.name, { shape: output.shape, data: data.data });
    });
  }
  return read;
}

function run(
  { operator, attributes, inputs, outputs }: GraphNode,
  values: readonly Numbers[],
): readonly Numbers[] {
  const kernel = KERNELS[operator.type];
  if (kernel === undefined) throw new RangeError(`the interpreter has no ${operator.type}`);
  const emitted = operator.emit?.(attributes, inputs) ?? {};
  const parameters = (emitted.parameters ?? []).map((tensor) => (tensor === null ? null : numbersOf(tensor)));
  const all = emitted.attributes ?? {};
  return kernel({
    inputs: [...values, ...parameters],
    shapes: outputs.map(({ shape }) => shape),
    type: at(outputs, 0).type,
    number: (name, otherwise) => numberOf(all[name]) ?? otherwise,
    list: (name) => listOf(all[name]),
    text: (name) => textOf(all[name]),
  });
}

function numberOf(attribute: OnnxAttribute | undefined): number | undefined {
  if (attribute === undefined) return undefined;
  if ("int" in attribute) return attribute.int;
  return "float" in attribute ? attribute.float : undefined;
}

function listOf(attribute: OnnxAttribute | undefined): readonly number[] {
  return attribute !== undefined && "ints" in attribute ? attribute.ints : [];
}

function textOf(attribute: OnnxAttribute | undefined): string {
  return attribute !== undefined && "text" in attribute ? attribute.text : "";
}

import type { NamedType } from "./model.ts";
import { ATTRIBUTE_TYPE, DATA_TYPE, IR_VERSION, ModelProto, OPERATOR_SET } from "./onnx-schema.ts";
import type { GraphNode, OnnxAttribute } from "./operator.ts";
import type { Shape, Tensor } from "./tensor.ts";
import type { Value } from "./value.ts";

/** A whole graph, ready to be written. */
export interface GraphParts {
  readonly name: string;
  readonly inputs: readonly Value[];
  readonly constants: ReadonlyMap<string, Tensor>;
  readonly nodes: readonly GraphNode[];
  readonly outputs: ReadonlyMap<string, Value>;
  readonly metadata: Readonly<Record<string, string>>;
  /** Whether the first size of inputs and outputs is written as free. */
  readonly anyBatch: boolean;
}

/** The graph as an ONNX file. Equal parts give equal bytes. */
export function writeOnnx(parts: GraphParts): Uint8Array {
  const names = nameValues(parts);
  const constants = [...parts.constants].map(([name, tensor]) => tensorProto(name, tensor));
  const read = new Set([...parts.nodes.flatMap((node) => node.inputs), ...parts.outputs.values()]);
  const nodes = parts.nodes.map((node) => nodeProto(node, names, constants, read));
  for (const [name, value] of parts.outputs) {
    const produced = names.get(value) ?? value.name;
    if (produced !== name)
      nodes.push({
        name: `output ${name}`,
        op_type: "Identity",
        input: [produced],
        output: [name],
        attribute: [],
      });
  }
  const valueInfo = ({ name, type, shape }: NamedType) => ({
    name,
    type: { tensor_type: { elem_type: DATA_TYPE[type], shape: { dim: dimensions(shape, parts.anyBatch) } } },
  });
  const model = {
    ir_version: IR_VERSION,
    producer_name: "quatrain",
    opset_import: [{ domain: "", version: OPERATOR_SET }],
    graph: {
      name: parts.name,
      node: nodes,
      initializer: constants,
      input: parts.inputs.map(valueInfo),
      output: [...parts.outputs].map(([name, { type, shape }]) => valueInfo({ name, type, shape })),
    },
    metadata_props: Object.entries(parts.metadata).map(([key, value]) => ({ key, value })),
  };
  // A plain array of its own: under Node protobufjs returns a Buffer, which may be part of a pool.
  return new Uint8Array(ModelProto.encode(ModelProto.fromObject(model)).finish());
}

/** A value that a node produces takes the first output name it was given; all others keep their own. */
function nameValues({ nodes, outputs }: GraphParts): ReadonlyMap<Value, string> {
  const produced = new Set(nodes.flatMap((node) => node.outputs));
  const names = new Map<Value, string>();
  for (const [name, value] of outputs) if (produced.has(value) && !names.has(value)) names.set(value, name);
  return names;
}

function nodeProto(
  node: GraphNode,
  names: ReadonlyMap<Value, string>,
  constants: object[],
  read: ReadonlySet<Value>,
) {
  const { attributes = {}, parameters = [] } = node.operator.emit?.(node.attributes, node.inputs) ?? {};
  const nameOf = (value: Value) => names.get(value) ?? value.name;
  const parameterNames = parameters.map((tensor, index) => {
    if (tensor === null) return "";
    const name = `${node.name}.parameter.${index}`;
    constants.push(tensorProto(name, tensor));
    return name;
  });
  return {
    name: node.name,
    op_type: node.operator.type,
    input: [...node.inputs.map(nameOf), ...parameterNames],
    output: writtenOutputs(node, read).map(nameOf),
    attribute: Object.entries(attributes).map(([name, attribute]) => attributeProto(name, attribute)),
  };
}

/** All outputs but the optional ones at the end that nobody reads. */
function writtenOutputs({ operator, outputs }: GraphNode, read: ReadonlySet<Value>): readonly Value[] {
  const least = outputs.length - (operator.optionalOutputs ?? 0);
  const last = outputs.findLastIndex((value) => read.has(value));
  return outputs.slice(0, Math.max(least, last + 1));
}

function attributeProto(name: string, attribute: OnnxAttribute) {
  if ("int" in attribute) return { name, type: ATTRIBUTE_TYPE.int, i: attribute.int };
  if ("ints" in attribute) return { name, type: ATTRIBUTE_TYPE.ints, ints: attribute.ints };
  if ("float" in attribute) return { name, type: ATTRIBUTE_TYPE.float, f: attribute.float };
  if ("dataType" in attribute) return { name, type: ATTRIBUTE_TYPE.int, i: DATA_TYPE[attribute.dataType] };
  return { name, type: ATTRIBUTE_TYPE.text, s: new TextEncoder().encode(attribute.text) };
}

/** ONNX wants little-endian bytes; every platform that onnxruntime-node supports is little-endian. */
function tensorProto(name: string, { type, shape, data }: Tensor) {
  const raw_data = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { name, dims: shape, data_type: DATA_TYPE[type], raw_data };
}

function dimensions(shape: Shape, anyBatch: boolean) {
  return shape.map((dim_value, axis) => (anyBatch && axis === 0 ? { dim_param: "batch" } : { dim_value }));
}

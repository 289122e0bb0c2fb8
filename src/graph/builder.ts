import { createHash } from "node:crypto";
import { demand, GraphError, RuleError } from "./graph-error.ts";
import type { GraphModel } from "./model.ts";
import { writeOnnx } from "./onnx-writer.ts";
import type { Composite, GraphNode, GraphStep, Operator } from "./operator.ts";
import {
  checked,
  type ElementType,
  isShape,
  type Shape,
  scalar,
  type Tensor,
  type TensorType,
} from "./tensor.ts";
import type { Value } from "./value.ts";

/** What a file may say beside its graph. */
export interface BuildOptions {
  /** Texts by name in the file's `metadata_props`, written in this order. */
  readonly metadata?: Readonly<Record<string, string>>;
  /**
   * Declares the first size of every input and output as free (`batch`). The caller answers for a graph whose steps
   * do not depend on it: reshapes with -1, no constants of the batch's size. The `GraphModel` keeps the built sizes.
   */
  readonly anyBatch?: boolean;
}

/**
 * Builds one ONNX graph with static shapes. Operators are free functions on values (src/graph/operators):
 *
 *     const graph = new GraphBuilder("edges");
 *     const x = graph.input("x", "float32", [1, 3, 448, 448]);
 *     const weight = graph.constant(float32([8, 3, 3, 3], taps));
 *     graph.output("y", relu(conv(x, weight, { pads: 1 })));
 *     const model = graph.build();
 *
 * Every call checks types and shapes at once and throws a GraphError that names the graph and the node.
 * One builder builds one graph; values of two builders do not mix.
 */
export class GraphBuilder {
  readonly name: string;
  readonly #names = new Set<string>();
  readonly #inputs: Value[] = [];
  readonly #constants = new Map<string, Tensor>();
  readonly #scalars = new Map<string, Value>();
  readonly #nodes: GraphNode[] = [];
  readonly #steps: GraphStep[] = [];
  readonly #outputs = new Map<string, Value>();

  constructor(name: string) {
    this.name = name;
  }

  /** The operators so far, in an order in which they can run. */
  get nodes(): readonly GraphNode[] {
    return this.#nodes;
  }

  /** The same, with each composite as one step in place of its operators. */
  get steps(): readonly GraphStep[] {
    return this.#steps;
  }

  /** The numbers stored in the model, by the names of their values. */
  get constants(): ReadonlyMap<string, Tensor> {
    return this.#constants;
  }

  /** Declares something that is fed at each run. */
  input(name: string, type: ElementType, shape: Shape): Value {
    if (!isShape(shape))
      throw this.#error(null, `input "${name}": expected sizes of at least 1, got [${shape}]`);
    const value = this.#value(name, { type, shape });
    this.#inputs.push(value);
    return value;
  }

  /** Numbers stored in the model. They are read by `build()`: do not change them before. */
  constant(tensor: Tensor, name = `constant_${this.#constants.size}`): Value {
    try {
      checked(tensor);
    } catch (error) {
      throw this.#error(
        null,
        `constant "${name}": ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    const value = this.#value(name, tensor);
    this.#constants.set(name, tensor);
    return value;
  }

  /** A single number stored in the model; equal ones are stored once. */
  scalar(type: ElementType, value: number): Value {
    const key = `${type} ${Object.is(value, -0) ? "-0" : value}`;
    const known = this.#scalars.get(key);
    if (known !== undefined) return known;
    const made = this.constant(scalar(type, value));
    this.#scalars.set(key, made);
    return made;
  }

  /** Adds a step; callers use the operators' own functions instead. */
  node<A>(operator: Operator<A>, inputs: readonly Value[], attributes: A): readonly Value[] {
    const name = `${operator.type}_${this.#nodes.length}`;
    const stranger = inputs.find((input) => input.graph !== this);
    if (stranger !== undefined)
      throw this.#error(
        name,
        `expected values of this graph, got "${stranger.name}" of "${stranger.graph.name}"`,
      );
    const types = this.#infer(name, operator, inputs, attributes);
    const outputs = types.map((type, index) => this.#value(`${name}.${index}`, type));
    const node = { name, operator, inputs, attributes, outputs };
    this.#nodes.push(node);
    this.#steps.push(node);
    return outputs;
  }

  /** Adds a composite's operators, recorded as one step; callers use the composites' own functions instead. */
  composite<A>(operator: Composite<A>, inputs: readonly Value[], attributes: A): readonly Value[] {
    const start = this.#steps.length;
    const name = `${operator.type}_${this.#nodes.length}`;
    const outputs = this.#named(name, () => operator.expand(inputs, attributes));
    this.#steps.splice(start, this.#steps.length - start, { name, operator, inputs, attributes, outputs });
    return outputs;
  }

  /** Names a value that every run yields. */
  output(name: string, value: Value): void {
    if (value.graph !== this) throw this.#error(null, `output "${name}" is a value of "${value.graph.name}"`);
    this.#claim(name);
    this.#outputs.set(name, value);
  }

  /**
   * The finished model.
   * @throws GraphError when the graph has no output.
   */
  build({ metadata = {}, anyBatch = false }: BuildOptions = {}): GraphModel {
    if (this.#outputs.size === 0) throw this.#error(null, "expected at least one output, got none");
    const bytes = writeOnnx({
      name: this.name,
      inputs: this.#inputs,
      constants: this.#constants,
      nodes: this.#nodes,
      outputs: this.#outputs,
      metadata,
      anyBatch,
    });
    return {
      name: this.name,
      bytes,
      inputs: this.#inputs.map(({ name, type, shape }) => ({ name, type, shape })),
      outputs: [...this.#outputs].map(([name, { type, shape }]) => ({ name, type, shape })),
      hash: createHash("sha256").update(bytes).digest("hex"),
    };
  }

  #infer<A>(name: string, operator: Operator<A>, inputs: readonly Value[], attributes: A) {
    return this.#named(name, () => {
      const types = operator.infer(inputs, attributes);
      for (const { shape } of types)
        demand(isShape(shape), () => `expected an output with sizes of at least 1, got [${shape}]`);
      return types;
    });
  }

  /** Runs a rule; what it refuses names the graph and the node. */
  #named<T>(name: string, rule: () => T): T {
    try {
      return rule();
    } catch (error) {
      if (error instanceof RuleError) throw this.#error(name, error.message);
      throw error;
    }
  }

  #value(name: string, { type, shape }: TensorType): Value {
    this.#claim(name);
    return { graph: this, name, type, shape: [...shape] };
  }

  #claim(name: string): void {
    if (name === "") throw this.#error(null, "expected a name, got an empty one");
    if (this.#names.has(name)) throw this.#error(null, `the name "${name}" is taken`);
    this.#names.add(name);
  }

  #error(node: string | null, problem: string): GraphError {
    return new GraphError(this.name, node, problem);
  }
}

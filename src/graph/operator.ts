import type { ElementType, Tensor, TensorType } from "./tensor.ts";
import type { Value } from "./value.ts";

/** An attribute in ONNX's own terms. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly dataType: ElementType };

/** How an operator is written down in ONNX. */
interface Emission {
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
  /** Constant inputs that ONNX wants after the data inputs; null leaves an optional one out. */
  readonly parameters?: readonly (Tensor | null)[];
}

/**
 * One ONNX operator: its shape rule and its emission. `A` are its attributes in the builder's terms.
 * (Methods, not function properties: so that an `Operator<A>` is also an `Operator` in a list of nodes.)
 */
export interface Operator<A = unknown> {
  /** ONNX's name, for example `Conv`. */
  readonly type: string;
  /**
   * Types of the outputs.
   * @throws RuleError when the inputs or attributes do not fit.
   */
  infer(inputs: readonly TensorType[], attributes: A): readonly TensorType[];
  /** How many of the last outputs are written only where somebody reads them (ONNX's optional outputs); 0. */
  readonly optionalOutputs?: number;
  /** Left out by operators that have neither attributes nor parameters. */
  emit?(attributes: A, inputs: readonly TensorType[]): Emission;
}

/**
 * Several operators under one name, so that gradients treat them as one (and may take a shorter way than
 * through each of them). The graph holds the operators only.
 */
export interface Composite<A = unknown> {
  /** A name of ours that no ONNX operator has, for example `SoftCrossEntropy`. */
  readonly type: string;
  /** Adds the operators. Every output is a value that they made, never an input. */
  expand(inputs: readonly Value[], attributes: A): readonly Value[];
}

/** An operator or a composite as it was applied: what has a gradient rule. */
export interface GraphStep {
  readonly name: string;
  readonly operator: { readonly type: string };
  readonly inputs: readonly Value[];
  readonly attributes: unknown;
  readonly outputs: readonly Value[];
}

/** One ONNX operator of a graph as it was built. */
export interface GraphNode extends GraphStep {
  readonly operator: Operator;
}

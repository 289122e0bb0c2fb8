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
  /** Left out by operators that have neither attributes nor parameters. */
  emit?(attributes: A, inputs: readonly TensorType[]): Emission;
}

/** One step of a graph as it was built. */
export interface GraphNode {
  readonly name: string;
  readonly operator: Operator;
  readonly inputs: readonly Value[];
  readonly attributes: unknown;
  readonly outputs: readonly Value[];
}

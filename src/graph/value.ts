import type { GraphBuilder } from "./builder.ts";
import { RuleError } from "./graph-error.ts";
import type { Composite, Operator } from "./operator.ts";
import type { TensorType } from "./tensor.ts";

/** A tensor that a graph will have when it runs: its type and shape are known now, its numbers later. */
export interface Value extends TensorType {
  readonly name: string;
  readonly graph: GraphBuilder;
}

/** Adds a node for an operator with any number of outputs to the graph of its first input. */
export function applyAll<A>(
  operator: Operator<A>,
  inputs: readonly [Value, ...Value[]],
  attributes: A,
): readonly Value[] {
  return inputs[0].graph.node(operator, inputs, attributes);
}

/** Adds a node for an operator with one output. */
export function apply<A>(operator: Operator<A>, inputs: readonly [Value, ...Value[]], attributes: A): Value {
  return at(applyAll(operator, inputs, attributes), 0);
}

/** Adds a composite to the graph of its first input. */
export function applyComposite<A>(
  composite: Composite<A>,
  inputs: readonly [Value, ...Value[]],
  attributes: A,
): readonly Value[] {
  return inputs[0].graph.composite(composite, inputs, attributes);
}

/** The `index`-th of a list that is known to be long enough; negative counts from the end. */
export function at<T>(list: readonly T[], index: number): T {
  const item = list.at(index);
  if (item === undefined) throw new RuleError(`expected at least ${index + 1} of them, got ${list.length}`);
  return item;
}

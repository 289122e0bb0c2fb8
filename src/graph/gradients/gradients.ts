import { GraphError, RuleError } from "../graph-error.ts";
import type { GraphStep } from "../operator.ts";
import { add } from "../operators/elementwise.ts";
import { FLOATS } from "../rules.ts";
import { describe, sameShape } from "../tensor.ts";
import { at, type Value } from "../value.ts";
import type { GradientRule } from "./rule.ts";
import { RULES } from "./rule-table.ts";

/**
 * Adds the backward pass of a loss to its own graph, as ordinary operators, and yields d loss / d value for each of
 * `of` (inputs, constants or anything between), with the value's own type and shape. Only what these need is added.
 *
 *     const [byWeight, byBias] = gradients(loss, [weight, bias]);
 *
 * Reverse-mode differentiation (Griewank & Walther, Evaluating Derivatives, 2008, chapter 3) over `graph.steps`: one
 * pass from the last step to the first, one rule per operator (rule-table.ts). The pass costs about twice the forward
 * one. Integer and bool values stop it, as do operators of no slope (sign, argMax, comparisons).
 *
 * @throws GraphError when the loss is no scalar of floats, when it does not depend on one of `of`, or when an operator
 *   between them has no rule; it names the operator.
 */
export function gradients(loss: Value, of: readonly Value[]): readonly Value[] {
  const { graph } = loss;
  if (loss.shape.length > 0 || !FLOATS.includes(loss.type))
    throw new GraphError(graph.name, null, `expected a scalar loss of floats, got ${describe(loss)}`);
  const steps = [...graph.steps];
  const sensitive = dependents(steps, of);
  const sums = new Map<Value, Value>([[loss, graph.scalar(loss.type, 1)]]);
  for (const step of steps.toReversed())
    if (step.inputs.some((input) => sensitive.has(input))) goBack(step, sensitive, sums);
  return of.map((value) => {
    const gradient = sums.get(value);
    if (gradient === undefined)
      throw new GraphError(graph.name, null, `the loss "${loss.name}" does not depend on "${value.name}"`);
    return gradient;
  });
}

/** The floats among `of` and all that is worked out from them. */
function dependents(steps: readonly GraphStep[], of: readonly Value[]): ReadonlySet<Value> {
  const sensitive = new Set(of.filter(isFloat));
  for (const { inputs, outputs } of steps)
    if (inputs.some((input) => sensitive.has(input)))
      for (const output of outputs) if (isFloat(output)) sensitive.add(output);
  return sensitive;
}

/** Takes a step's gradients from its outputs to those of its inputs that need them. */
function goBack(step: GraphStep, sensitive: ReadonlySet<Value>, sums: Map<Value, Value>): void {
  const gradients = step.outputs.map((output) => sums.get(output) ?? null);
  if (gradients.every((gradient) => gradient === null)) return;
  try {
    const parts = ruleOf(step)({ ...step, gradients });
    step.inputs.forEach((input, index) => {
      const part = parts[index];
      if (!part || !sensitive.has(input)) return;
      const gradient = part();
      if (gradient.type !== input.type || !sameShape(gradient.shape, input.shape))
        throw new RuleError(
          `its gradient rule made ${describe(gradient)} for input ${index}, ${describe(input)}`,
        );
      const sum = sums.get(input);
      sums.set(input, sum === undefined ? gradient : add(sum, gradient));
    });
  } catch (error) {
    if (error instanceof RuleError)
      throw new GraphError(at(step.outputs, 0).graph.name, step.name, error.message);
    throw error;
  }
}

function ruleOf({ operator }: GraphStep): GradientRule {
  const rule = RULES.get(operator.type);
  if (rule === undefined) throw new RuleError(`the operator ${operator.type} has no gradient rule`);
  return rule;
}

function isFloat({ type }: Value): boolean {
  return FLOATS.includes(type);
}

import type { GraphStep } from "../operator.ts";
import { at, type Value } from "../value.ts";

/** A step on the way back. */
export interface BackwardStep<A = unknown> extends GraphStep {
  readonly attributes: A;
  /** d loss / d output, one per output; null where the loss does not depend on it. At least one is not null. */
  readonly gradients: readonly (Value | null)[];
}

/** Makes d loss / d input; called only for inputs whose gradient somebody needs. */
export type InputGradient = () => Value;

/** What a step's outputs' gradients become at its inputs: one function per input, null where nothing flows. */
export type GradientRule = (step: BackwardStep) => readonly (InputGradient | null)[];

/** A rule for an operator whose attributes are `A`: the only place that trusts a step to carry them. */
export function rule<A>(of: (step: BackwardStep<A>) => ReturnType<GradientRule>): GradientRule {
  return (step) => of(step as BackwardStep<A>);
}

/** A rule for an operator whose first output alone has a gradient. */
export function ruleOfOne<A>(
  of: (gradient: Value, step: BackwardStep<A>) => ReturnType<GradientRule>,
): GradientRule {
  return rule<A>((step) => {
    const gradient = at(step.gradients, 0);
    return gradient === null ? [] : of(gradient, step);
  });
}

/** A rule for `y = f(x)`, element by element or not: one input, one output. */
export function unaryRule<A = null>(
  of: (gradient: Value, x: Value, y: Value, attributes: A) => Value,
): GradientRule {
  return ruleOfOne<A>((gradient, { inputs, outputs, attributes }) => [
    () => of(gradient, at(inputs, 0), at(outputs, 0), attributes),
  ]);
}

/** The same value at every call, made at the first: several inputs' gradients share it. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

import type { OptimiserOptions } from "../options.ts";
import { adagradRule } from "./adagrad.ts";
import { adamRule } from "./adam.ts";
import { rmspropRule } from "./rmsprop.ts";
import { sgdRule } from "./sgd.ts";
import type { UpdateRule } from "./update-rule.ts";

/** Steps down gradients, and remembers what torch's optimiser of the same name remembers. */
export interface Optimiser {
  /**
   * One step on all parameters, in place. O(weights), allocates nothing.
   * @param weights by parameter; those that the optimiser was not opened for are left alone
   * @param gradients by parameter, each as long as its weights
   * @param rate `momentum` replaces the options' momentum (adam, adamw: beta1) for this step, null leaves it;
   *   `options.learningRate` is not looked at
   * @throws RangeError where a parameter is missing or of another size
   */
  step(
    weights: ReadonlyMap<string, Float32Array>,
    gradients: ReadonlyMap<string, Float32Array>,
    rate: StepRate,
  ): void;
  /** The live arrays, not copies: what they hold changes with the next step. */
  state(): OptimiserState;
  /**
   * Goes on from a state, which is copied.
   * @throws RangeError where it is not one of this type and these sizes
   */
  restore(state: OptimiserState): void;
}

/** How far a step goes: what a schedule says. */
export interface StepRate {
  readonly learningRate: number;
  readonly momentum: number | null;
}

export interface OptimiserState {
  /** `step`: steps taken. */
  readonly numbers: Readonly<Record<string, number>>;
  /** By `<slot>/<parameter>`, for example `exp_avg/conv1.weight`. */
  readonly slots: ReadonlyMap<string, Float32Array>;
}

/**
 * An optimiser for parameters of the given sizes (numbers, not bytes). Weights and slots are float32, the arithmetic
 * between them is double: within 1e-5 of torch over 50 steps. The weight decay applies to all of them, as in torch.
 */
export function openOptimiser(options: OptimiserOptions, sizes: ReadonlyMap<string, number>): Optimiser {
  const rule = ruleOf(options);
  const parameters = [...sizes].map(([name, size]) => ({
    name,
    size,
    slots: rule.slots.map(() => new Float32Array(size)),
  }));
  const slots = new Map(
    parameters.flatMap(({ name, slots }) => slots.map((slot, at) => [`${rule.slots[at]}/${name}`, slot])),
  );
  let steps = 0;
  return {
    step(weights, gradients, rate) {
      for (const { name, size } of parameters) {
        requireSize("weights", name, weights.get(name), size);
        requireSize("gradients", name, gradients.get(name), size);
      }
      steps++;
      const step = { number: steps, ...rate, weightDecay: options.weightDecay };
      for (const { name, slots } of parameters)
        rule.update(weights.get(name) as Float32Array, gradients.get(name) as Float32Array, slots, step);
    },
    state: () => ({ numbers: { step: steps }, slots }),
    restore(state) {
      const taken = state.numbers.step;
      if (taken === undefined || !Number.isSafeInteger(taken) || taken < 0)
        throw new RangeError(`the state of an optimiser counts its steps, not ${taken}`);
      if (state.slots.size !== slots.size) throw new RangeError("the state is one of another optimiser");
      for (const [name, slot] of slots) requireSize("state", name, state.slots.get(name), slot.length);
      steps = taken;
      for (const [name, slot] of slots) slot.set(state.slots.get(name) as Float32Array);
    },
  };
}

function ruleOf(options: OptimiserOptions): UpdateRule {
  switch (options.type) {
    case "adam":
      return adamRule(options, false);
    case "adamw":
      return adamRule(options, true);
    case "sgd":
      return sgdRule(options);
    case "rmsprop":
      return rmspropRule(options);
    case "adagrad":
      return adagradRule(options);
  }
}

function requireSize(what: string, name: string, values: Float32Array | undefined, size: number): void {
  if (values?.length === size) return;
  throw new RangeError(`${what} of ${name}: ${size} numbers are needed, there are ${values?.length ?? 0}`);
}

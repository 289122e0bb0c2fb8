import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { OptimiserOptions } from "../options.ts";
import { type Optimiser, openOptimiser, type StepRate } from "./optimiser.ts";

type Arrays = Readonly<Record<string, readonly number[]>>;

const vectors = JSON.parse(
  readFileSync(new URL("../../../../tests/vectors/learning-updates.json", import.meta.url), "utf8"),
) as {
  weights: Arrays;
  gradients: Arrays[];
  shown: number[];
  optimisers: { options: OptimiserOptions; rates: StepRate[]; answer: Arrays[] }[];
};
const GRADIENTS = vectors.gradients.map(floats);
const SIZES = new Map([...floats(vectors.weights)].map(([name, values]) => [name, values.length]));
const ADAM = (vectors.optimisers[0] as (typeof vectors.optimisers)[0]).options;

function floats(arrays: Arrays): Map<string, Float32Array> {
  return new Map(Object.entries(arrays).map(([name, values]) => [name, Float32Array.from(values)]));
}

function run(
  optimiser: Optimiser,
  weights: Map<string, Float32Array>,
  rates: readonly StepRate[],
  from: number,
  to: number,
) {
  for (let at = from; at < to; at++)
    optimiser.step(weights, GRADIENTS[at] as Map<string, Float32Array>, rates[at] as StepRate);
}

describe.each(vectors.optimisers)("$options", ({ options, rates, answer }) => {
  it("takes torch's steps", () => {
    const optimiser = openOptimiser(options, SIZES);
    const weights = floats(vectors.weights);
    let taken = 0;
    for (const [at, shown] of vectors.shown.entries()) {
      run(optimiser, weights, rates, taken, shown);
      taken = shown;
      for (const [name, values] of floats(answer[at] as Arrays))
        for (const [index, value] of values.entries())
          expect(weights.get(name)?.[index], `${name}[${index}] after ${shown}`).toBeCloseTo(value, 5);
    }
  });

  it("goes on from its state bit for bit", () => {
    const straight = floats(vectors.weights);
    run(openOptimiser(options, SIZES), straight, rates, 0, 50);

    const interrupted = floats(vectors.weights);
    const before = openOptimiser(options, SIZES);
    run(before, interrupted, rates, 0, 23);
    const after = openOptimiser(options, SIZES);
    after.restore(before.state());
    run(before, floats(vectors.weights), rates, 23, 30);
    run(after, interrupted, rates, 23, 50);
    expect(interrupted).toEqual(straight);
  });
});

describe("openOptimiser", () => {
  const rate = { learningRate: 0.1, momentum: null };

  it("names its slots after torch's state and the parameters", () => {
    const names = (options: Partial<OptimiserOptions>) => [
      ...openOptimiser({ ...ADAM, ...options }, new Map([["fc.weight", 3]]))
        .state()
        .slots.keys(),
    ];
    expect(names({ amsgrad: true })).toEqual([
      "exp_avg/fc.weight",
      "exp_avg_sq/fc.weight",
      "max_exp_avg_sq/fc.weight",
    ]);
    expect(names({ type: "sgd" })).toEqual(["momentum_buffer/fc.weight"]);
    expect(names({ type: "rmsprop" })).toEqual(["square_avg/fc.weight", "momentum_buffer/fc.weight"]);
    expect(names({ type: "adagrad" })).toEqual(["sum/fc.weight"]);
  });

  it("leaves weights alone that it was not opened for", () => {
    const weights = new Map([...floats(vectors.weights), ["running_mean", Float32Array.of(1)]]);
    openOptimiser(ADAM, SIZES).step(weights, GRADIENTS[0] as Map<string, Float32Array>, rate);
    expect(weights.get("running_mean")).toEqual(Float32Array.of(1));
  });

  it("refuses a step in which a gradient is missing or short, before it changes anything", () => {
    const optimiser = openOptimiser(ADAM, SIZES);
    const weights = floats(vectors.weights);
    const short = new Map(GRADIENTS[0]).set("conv.bias", new Float32Array(1));
    expect(() => optimiser.step(weights, short, rate)).toThrow(/gradients of conv.bias: 2 numbers/);
    short.delete("conv.bias");
    expect(() => optimiser.step(weights, short, rate)).toThrow(RangeError);
    expect(weights).toEqual(floats(vectors.weights));
    expect(optimiser.state().numbers).toEqual({ step: 0 });
  });

  it("refuses the state of another optimiser", () => {
    const adam = openOptimiser(ADAM, SIZES);
    const state = adam.state();
    expect(() => openOptimiser({ ...ADAM, type: "sgd" }, SIZES).restore(state)).toThrow(RangeError);
    expect(() => openOptimiser(ADAM, new Map([...SIZES, ["conv.bias", 7]])).restore(state)).toThrow(
      /exp_avg\/conv.bias/,
    );
    expect(() => adam.restore({ ...state, numbers: {} })).toThrow(/counts its steps/);
  });
});

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/algorithms/anomaly/seeded-random.ts";
import { openOptimiser, type StepRate } from "../../src/algorithms/learning/optimisers/optimiser.ts";
import type { OptimiserOptions, ScheduleOptions } from "../../src/algorithms/learning/options.ts";
import { openSchedule } from "../../src/algorithms/learning/schedules/schedule.ts";
import { softTargetRows, targetRows } from "../../src/algorithms/learning/target-rows.ts";

/**
 * Optimisers, schedules and losses beside torch itself, with options that a seed draws (QUATRAIN_TEST_SEED, 42): what the
 * stored vectors show for chosen options. Skipped where no Python has torch (QUATRAIN_PYTHON names another one).
 */

const PYTHON = [process.env.QUATRAIN_PYTHON, "python3", "/usr/bin/python3"].find(
  (python) => python && spawnSync(python, ["-c", "import torch"]).status === 0,
);
const SEED = Number(process.env.QUATRAIN_TEST_SEED ?? 42);
const STEPS = 50;
const SIZES = { "conv.weight": 7, "conv.bias": 3 };

type Arrays = Readonly<Record<string, readonly number[]>>;

interface OptimiserCase {
  readonly options: OptimiserOptions;
  readonly weights: Arrays;
  readonly gradients: readonly Arrays[];
  readonly rates: readonly StepRate[];
  readonly shown: readonly number[];
}

interface ScheduleCase {
  readonly schedule: ScheduleOptions;
  readonly warmup: { readonly epochs: number; readonly learningRate: number };
  readonly run: { readonly learningRate: number; readonly epochs: number; readonly stepsPerEpoch: number };
  readonly losses: readonly (number | null)[];
}

interface LossCase {
  readonly logits: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly probabilities: readonly (readonly number[])[] | null;
  readonly smoothing: number;
  readonly classWeights: readonly number[] | null;
  readonly maxNorm: number;
}

interface Answers {
  readonly optimisers: readonly (readonly Arrays[])[];
  readonly schedules: readonly (readonly (readonly (readonly [number, number | null])[])[])[];
  readonly losses: readonly { readonly loss: number }[];
}

const random = seededRandom(SEED);
const between = (low: number, high: number) => low + random.uniform() * (high - low);
const whole = (low: number, high: number) => low + random.below(high - low + 1);
const oneOf = <T>(...choices: readonly T[]) => choices[random.below(choices.length)] as T;
const list = <T>(length: number, draw: (at: number) => T) => Array.from({ length }, (_, at) => draw(at));
const normals = (scale: number) => {
  const arrays = Object.entries(SIZES).map(([name, size]) => [
    name,
    list(size, () => random.normal() * scale),
  ]);
  return Object.fromEntries(arrays) as Arrays;
};

function optimiserCase(at: number): OptimiserCase {
  const types = ["adam", "adamw", "sgd", "rmsprop", "adagrad"] as const;
  const momentum = oneOf(0, between(0.1, 0.95));
  const cycled = oneOf(true, false);
  return {
    options: {
      type: types[at % types.length] as (typeof types)[number],
      learningRate: 0.01,
      weightDecay: oneOf(0, between(0, 0.2)),
      betas: [between(0.5, 0.95), between(0.8, 0.9999)],
      eps: oneOf(1e-8, 1e-4),
      amsgrad: oneOf(true, false),
      momentum,
      nesterov: momentum > 0 && oneOf(true, false),
      alpha: between(0.8, 0.99),
    },
    weights: normals(1),
    gradients: list(STEPS, () => normals(between(0.2, 3))),
    rates: list(STEPS, () => ({
      learningRate: between(1e-4, 0.02),
      momentum: cycled ? between(0.5, 0.95) : null,
    })),
    shown: [STEPS],
  };
}

function scheduleOptions(at: number): ScheduleOptions {
  const etaMin = oneOf(0, between(0, 0.01));
  const choices: readonly ScheduleOptions[] = [
    { type: "none" },
    { type: "step", stepSize: whole(1, 9), gamma: between(0.1, 1) },
    { type: "multistep", milestones: list(whole(1, 5), () => whole(0, 30)), gamma: between(0.1, 1) },
    { type: "exponential", gamma: between(0.8, 1) },
    { type: "cosine", tMax: whole(1, 30), etaMin },
    { type: "cosine_warm_restarts", t0: whole(1, 8), tMult: whole(1, 3), etaMin },
    {
      type: "reduce_on_plateau",
      mode: oneOf("min", "max"),
      factor: between(0.1, 0.9),
      patience: whole(0, 4),
      threshold: between(0, 0.2),
      thresholdMode: oneOf("rel", "abs"),
      cooldown: whole(0, 4),
      minLr: oneOf(0, 0.004),
    },
    {
      type: "one_cycle",
      maxLr: between(0.01, 0.5),
      pctStart: between(0.05, 0.95),
      annealStrategy: oneOf("cos", "linear"),
      divFactor: between(2, 50),
      finalDivFactor: between(10, 1e5),
      threePhase: oneOf(true, false),
      cycleMomentum: oneOf(true, false),
      baseMomentum: between(0.7, 0.85),
      maxMomentum: between(0.85, 0.99),
    },
  ];
  return choices[at % choices.length] as ScheduleOptions;
}

function scheduleCase(at: number): ScheduleCase {
  const epochs = whole(8, 60);
  return {
    schedule: scheduleOptions(at),
    warmup: { epochs: oneOf(0, whole(1, 7)), learningRate: between(0, 0.01) },
    run: { learningRate: between(0.02, 0.1), epochs, stepsPerEpoch: whole(1, 5) },
    losses: list(epochs, () => (random.below(8) === 0 ? null : between(0.5, 2))),
  };
}

function lossCase(): LossCase {
  const rows = whole(1, 9);
  const classes = whole(1, 6);
  const share = (parts: readonly number[]) =>
    parts.map((part) => part / parts.reduce((sum, other) => sum + other, 0));
  return {
    logits: list(rows, () => list(classes, () => random.normal() * 3)),
    labels: list(rows, () => random.below(classes)),
    probabilities: oneOf(
      null,
      list(rows, () => share(list(classes, () => between(0.01, 1)))),
    ),
    smoothing: oneOf(0, between(0, 1)),
    classWeights: oneOf(
      null,
      list(classes, () => between(0.1, 5)),
    ),
    maxNorm: 1,
  };
}

const cases = {
  optimisers: list(60, optimiserCase),
  schedules: list(80, scheduleCase),
  losses: list(40, lossCase),
};

function torchsAnswers(): Answers {
  const script = fileURLToPath(new URL("learning_torch.py", import.meta.url));
  const { status, stdout, stderr } = spawnSync(PYTHON as string, [script], {
    input: JSON.stringify(cases),
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${script}: ${stderr}`);
  return JSON.parse(stdout) as Answers;
}

/** Within 1e-5, of the number itself where that is above 1. */
function near(actual: number | undefined, expected: number | undefined, what: unknown): void {
  const off = Math.abs((actual as number) - (expected as number)) / Math.max(1, Math.abs(expected as number));
  expect(off, `${actual}, torch has ${expected}: ${JSON.stringify(what)}`).toBeLessThan(1e-5);
}

describe.skipIf(PYTHON === undefined)(`beside torch, options of seed ${SEED}`, () => {
  const answers = PYTHON === undefined ? null : torchsAnswers();

  it(`optimisers take torch's ${STEPS} steps`, () => {
    for (const [at, { options, ...given }] of cases.optimisers.entries()) {
      const optimiser = openOptimiser(options, new Map(Object.entries(SIZES)));
      const floats = (arrays: Arrays) =>
        new Map(Object.entries(arrays).map(([name, values]) => [name, Float32Array.from(values)]));
      const weights = floats(given.weights);
      for (const [step, rate] of given.rates.entries())
        optimiser.step(weights, floats(given.gradients[step] as Arrays), rate);
      for (const [name, values] of Object.entries(answers?.optimisers[at]?.[0] ?? {}))
        for (const [index, value] of values.entries()) near(weights.get(name)?.[index], value, options);
    }
  });

  it("schedules give torch's rates", () => {
    for (const [at, { schedule, warmup, run, losses }] of cases.schedules.entries()) {
      const ours = openSchedule(schedule, warmup, run);
      for (const [epoch, steps] of answers?.schedules[at]?.entries() ?? []) {
        for (const [step, [learningRate, momentum]] of steps.entries()) {
          const rate = ours.at(epoch + 1, step);
          near(rate.learningRate / run.learningRate, learningRate / run.learningRate, { schedule, epoch });
          if (momentum === null) expect(rate.momentum).toBeNull();
          else near(rate.momentum ?? undefined, momentum, { schedule, epoch, step });
        }
        ours.epochEnded(losses[epoch] ?? null);
      }
    }
  });

  it("targets give torch's cross-entropy", () => {
    for (const [at, { logits, labels, probabilities, smoothing, ...given }] of cases.losses.entries()) {
      const classes = logits[0]?.length ?? 0;
      const classWeights = given.classWeights && Float32Array.from(given.classWeights);
      const options = { classes, smoothing, classWeights, rows: logits.length };
      const targets = probabilities
        ? softTargetRows(Float32Array.from(probabilities.flat()), options)
        : targetRows(labels, options);
      const logarithms = logits.flatMap((row) => {
        const sum = row.reduce((total, logit) => total + Math.exp(logit), 0);
        return row.map((logit) => logit - Math.log(sum));
      });
      const loss = logarithms.reduce((sum, logarithm, index) => sum - logarithm * (targets[index] ?? 0), 0);
      near(loss, answers?.losses[at]?.loss, options);
    }
  });
});

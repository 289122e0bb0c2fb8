import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ScheduleOptions, WarmupOptions } from "../options.ts";
import { openSchedule, type Schedule, type ScheduledRun } from "./schedule.ts";

interface Case {
  readonly schedule: ScheduleOptions;
  readonly warmup: WarmupOptions;
  readonly run: ScheduledRun;
  readonly losses: readonly (number | null)[] | null;
  /** Per epoch and step: learning rate, momentum. */
  readonly answer: readonly (readonly [number, number | null])[][];
}

const { schedules } = JSON.parse(
  readFileSync(new URL("../../../../tests/vectors/learning-updates.json", import.meta.url), "utf8"),
) as { schedules: Case[] };
const PLATEAU = schedules.find(({ schedule }) => schedule.type === "reduce_on_plateau") as Case;

/** All rates of the epochs after `from`, as torch's answers are written. */
function rates(schedule: Schedule, { run, losses }: Omit<Case, "answer">, from = 0) {
  return Array.from({ length: run.epochs - from }, (_, at) => {
    const epoch = from + at + 1;
    const ofSteps = Array.from({ length: run.stepsPerEpoch }, (_, step) => schedule.at(epoch, step));
    schedule.epochEnded(losses?.[epoch - 1] ?? null);
    return ofSteps.map(({ learningRate, momentum }) => [learningRate, momentum]);
  });
}

describe.each(schedules)("$schedule after a warm-up of $warmup.epochs", (example) => {
  const opened = () => openSchedule(example.schedule, example.warmup, example.run);

  it("gives torch's rates", () => {
    for (const [epoch, steps] of rates(opened(), example).entries())
      for (const [step, [rate, momentum]] of steps.entries()) {
        const [expectedRate, expectedMomentum] = example.answer[epoch]?.[step] ?? [];
        expect(Math.abs((rate as number) - (expectedRate as number)), `epoch ${epoch}`).toBeLessThan(1e-8);
        if (expectedMomentum === null) expect(momentum).toBeNull();
        else expect(momentum).toBeCloseTo(expectedMomentum as number, 7);
      }
  });

  it.each([1, 4, 11])("goes on from its state after epoch %i as if nothing had happened", (ended) => {
    const from = Math.min(ended, example.run.epochs);
    const straight = rates(opened(), example);
    const before = opened();
    rates(before, { ...example, run: { ...example.run, epochs: from } });
    const after = opened();
    after.restore(JSON.parse(JSON.stringify(before.state())));
    expect(rates(after, example, from)).toEqual(straight.slice(from));
  });
});

describe("openSchedule", () => {
  it("climbs to the learning rate over the warm-up and begins the schedule after it", () => {
    const run = { learningRate: 0.1, epochs: 10, stepsPerEpoch: 1 };
    const warm = openSchedule(
      { type: "step", stepSize: 2, gamma: 0.5 },
      { epochs: 4, learningRate: 0.02 },
      run,
    );
    const expected = [0.02, 0.04, 0.06, 0.08, 0.1, 0.1, 0.05, 0.05, 0.025, 0.025];
    for (const [at, rate] of expected.entries())
      expect(warm.at(at + 1, 0).learningRate).toBeCloseTo(rate, 12);
  });

  it("takes a loss that is not finite for no improvement, and its state stays JSON", () => {
    const schedule = openSchedule(PLATEAU.schedule, { epochs: 0, learningRate: 0 }, PLATEAU.run);
    for (const loss of [Number.POSITIVE_INFINITY, Number.NaN, Number.NEGATIVE_INFINITY])
      schedule.epochEnded(loss);
    expect(schedule.state().plateau).toEqual({
      learningRate: 0.025,
      best: null,
      badEpochs: 0,
      cooldownLeft: 0,
    });
  });

  it("peaks in the only step of a rise, where torch divides by zero", () => {
    const cycle = schedules.find(({ schedule }) => schedule.type === "one_cycle")
      ?.schedule as ScheduleOptions;
    const run = { learningRate: 0.01, epochs: 1, stepsPerEpoch: 4 };
    const short = openSchedule(
      { ...cycle, pctStart: 0.25 } as ScheduleOptions,
      { epochs: 0, learningRate: 0 },
      run,
    );
    expect(short.at(1, 0)).toEqual({ learningRate: 0.1, momentum: 0.85 });
    expect(short.at(1, 3).learningRate).toBeCloseTo(0.1 / 25 / 1e4, 12);
  });

  it("refuses steps outside the run", () => {
    const run = { learningRate: 0.1, epochs: 3, stepsPerEpoch: 5 };
    const schedule = openSchedule({ type: "none" }, { epochs: 0, learningRate: 0 }, run);
    for (const [epoch, step] of [
      [0, 0],
      [4, 0],
      [1, -1],
      [1, 5],
      [1, 0.5],
    ] as const)
      expect(() => schedule.at(epoch, step)).toThrow(RangeError);
  });

  it("refuses the state of another schedule", () => {
    const none = openSchedule({ type: "none" }, PLATEAU.warmup, PLATEAU.run);
    const plateau = openSchedule(PLATEAU.schedule, PLATEAU.warmup, PLATEAU.run);
    expect(() => plateau.restore(none.state())).toThrow(RangeError);
    expect(() => none.restore(plateau.state())).toThrow(RangeError);
    expect(() => plateau.restore({ ...plateau.state(), plateau: null })).toThrow(RangeError);
    expect(() => none.restore(null)).toThrow(RangeError);
  });
});

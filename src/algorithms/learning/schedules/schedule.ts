import type { StepRate } from "../optimisers/optimiser.ts";
import type { ScheduleOptions, WarmupOptions } from "../options.ts";
import { epochCurve } from "./epoch-curve.ts";
import { oneCycle } from "./one-cycle.ts";
import { afterMetric, type PlateauState } from "./plateau.ts";

/** The learning rates of a run. */
export interface Schedule {
  /**
   * Rate of an optimiser step. `momentum` is null unless the schedule cycles it.
   * @param epoch from 1
   * @param step from 0, within the epoch, counted in optimiser steps
   * @throws RangeError outside the run
   */
  at(epoch: number, step: number): StepRate;
  /**
   * Told once after every epoch, warm-up included. reduce_on_plateau watches the loss (not during the warm-up); null in
   * epochs without a validation, which it does not count.
   */
  epochEnded(validationLoss: number | null): void;
  /** Plain JSON. */
  state(): ScheduleState;
  /**
   * Goes on exactly where a schedule of the same options stood.
   * @throws RangeError where it is not such a state
   */
  restore(state: unknown): void;
}

export interface ScheduleState {
  readonly type: ScheduleOptions["type"];
  readonly epochsEnded: number;
  /** Null for schedules that follow from the epoch alone. */
  readonly plateau: PlateauState | null;
}

/** The run that a schedule belongs to. */
export interface ScheduledRun {
  /** The optimiser's. */
  readonly learningRate: number;
  /** All of them, warm-up included. */
  readonly epochs: number;
  /** Optimiser steps, at least 1: accumulated batches are one. */
  readonly stepsPerEpoch: number;
}

/**
 * A schedule behind its warm-up: in epoch e of W warm-up epochs the rate is `warmupLr + (lr - warmupLr) * (e - 1) / W`,
 * the schedule's own epoch 0 is e = W + 1 (spec/training.md, section 5). one_cycle moves with every step, over the epochs
 * after the warm-up; all others once an epoch.
 */
export function openSchedule(schedule: ScheduleOptions, warmup: WarmupOptions, run: ScheduledRun): Schedule {
  let plateau: PlateauState | null =
    schedule.type === "reduce_on_plateau"
      ? { learningRate: run.learningRate, best: null, badEpochs: 0, cooldownLeft: 0 }
      : null;
  let epochsEnded = 0;
  const afterWarmup = ratesOf(schedule, warmup, run, () => plateau);
  return {
    at(epoch, step) {
      requireWithin("epoch", epoch, 1, run.epochs);
      requireWithin("step", step, 0, run.stepsPerEpoch - 1);
      if (epoch > warmup.epochs) return afterWarmup(epoch - 1 - warmup.epochs, step);
      const climbed = ((run.learningRate - warmup.learningRate) * (epoch - 1)) / warmup.epochs;
      return { learningRate: warmup.learningRate + climbed, momentum: null };
    },
    epochEnded(validationLoss) {
      epochsEnded++;
      if (validationLoss === null || epochsEnded <= warmup.epochs) return;
      if (schedule.type === "reduce_on_plateau" && plateau !== null)
        plateau = afterMetric(plateau, validationLoss, schedule);
    },
    state: () => ({ type: schedule.type, epochsEnded, plateau }),
    restore(state) {
      const stored = requireState(state, schedule.type);
      epochsEnded = stored.epochsEnded;
      plateau = stored.plateau;
    },
  };
}

/** Rate of an epoch, from 0 after the warm-up, and a step in it. */
function ratesOf(
  schedule: ScheduleOptions,
  warmup: WarmupOptions,
  run: ScheduledRun,
  plateau: () => PlateauState | null,
): (epoch: number, step: number) => StepRate {
  if (schedule.type === "one_cycle") {
    const cycle = oneCycle(schedule, (run.epochs - warmup.epochs) * run.stepsPerEpoch);
    return (epoch, step) => cycle(epoch * run.stepsPerEpoch + step);
  }
  if (schedule.type === "reduce_on_plateau")
    return () => ({ learningRate: plateau()?.learningRate ?? run.learningRate, momentum: null });
  const curve = epochCurve(schedule, run.learningRate);
  return (epoch) => ({ learningRate: curve(epoch), momentum: null });
}

function requireWithin(what: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${what} ${value} is not one of ${least} to ${most}`);
}

function requireState(state: unknown, type: ScheduleOptions["type"]): ScheduleState {
  const stored = state as Partial<ScheduleState> | null;
  const { epochsEnded, plateau } = stored ?? {};
  const counts = Number.isSafeInteger(epochsEnded) && (epochsEnded as number) >= 0;
  const fits = type === "reduce_on_plateau" ? isPlateau(plateau) : plateau === null;
  if (stored?.type !== type || !counts || !fits)
    throw new RangeError(`this is not the state of a schedule of type ${type}`);
  return stored as ScheduleState;
}

function isPlateau(state: unknown): state is PlateauState {
  if (typeof state !== "object" || state === null) return false;
  const { learningRate, best, badEpochs, cooldownLeft } = state as Record<string, unknown>;
  return (
    [learningRate, badEpochs, cooldownLeft].every(Number.isFinite) && (best === null || Number.isFinite(best))
  );
}

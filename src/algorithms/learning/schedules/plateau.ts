import type { ScheduleOptions } from "../options.ts";

type PlateauOptions = Extract<ScheduleOptions, { type: "reduce_on_plateau" }>;

/** Where ReduceLROnPlateau stands; plain JSON. */
export interface PlateauState {
  readonly learningRate: number;
  /** Null before the first metric. */
  readonly best: number | null;
  readonly badEpochs: number;
  readonly cooldownLeft: number;
}

/** Smaller changes of the learning rate are not made: torch's default. */
const EPS = 1e-8;

/** torch's ReduceLROnPlateau.step: the state after one more metric. One that is not finite is no improvement. */
export function afterMetric(state: PlateauState, metric: number, options: PlateauOptions): PlateauState {
  const improved = Number.isFinite(metric) && (state.best === null || isBetter(metric, state.best, options));
  const best = improved ? metric : state.best;
  const cooling = state.cooldownLeft > 0;
  const cooldownLeft = cooling ? state.cooldownLeft - 1 : 0;
  // bad epochs do not count while it cools down
  const badEpochs = improved || cooling ? 0 : state.badEpochs + 1;
  if (badEpochs <= options.patience) return { ...state, best, badEpochs, cooldownLeft };
  return {
    learningRate: reduced(state.learningRate, options),
    best,
    badEpochs: 0,
    cooldownLeft: options.cooldown,
  };
}

function isBetter(metric: number, best: number, options: PlateauOptions): boolean {
  const { mode, threshold, thresholdMode } = options;
  if (mode === "min") return metric < (thresholdMode === "rel" ? best * (1 - threshold) : best - threshold);
  return metric > (thresholdMode === "rel" ? best * (1 + threshold) : best + threshold);
}

function reduced(learningRate: number, options: PlateauOptions): number {
  const lower = Math.max(learningRate * options.factor, options.minLr);
  return learningRate - lower > EPS ? lower : learningRate;
}

import type { ScheduleOptions } from "../options.ts";

/** Learning rate of an epoch, from 0, after the warm-up. */
export type EpochCurve = (epoch: number) => number;

type OptionsOf<Type extends ScheduleOptions["type"]> = Extract<ScheduleOptions, { type: Type }>;

/** What follows from the epoch alone. */
export type CurveOptions = OptionsOf<
  "none" | "step" | "multistep" | "exponential" | "cosine" | "cosine_warm_restarts"
>;

/**
 * Closed forms of what torch's schedulers give when they are stepped once an epoch: StepLR, MultiStepLR (a milestone
 * named twice counts twice), ExponentialLR, CosineAnnealingLR (beyond `tMax` it rises again), CosineAnnealingWarmRestarts.
 * @param learningRate of the optimiser: the curve's own beginning
 */
export function epochCurve(options: CurveOptions, learningRate: number): EpochCurve {
  switch (options.type) {
    case "none":
      return () => learningRate;
    case "step":
      return (epoch) => learningRate * options.gamma ** Math.floor(epoch / options.stepSize);
    case "multistep":
      return (epoch) => {
        const passed = options.milestones.filter((milestone) => milestone <= epoch);
        return learningRate * options.gamma ** passed.length;
      };
    case "exponential":
      return (epoch) => learningRate * options.gamma ** epoch;
    case "cosine":
      return (epoch) => annealed(learningRate, options.etaMin, epoch / options.tMax);
    case "cosine_warm_restarts":
      return (epoch) => annealed(learningRate, options.etaMin, sinceRestart(epoch, options));
  }
}

/** Half a cosine: `high` at 0, `low` at 1. */
function annealed(high: number, low: number, share: number): number {
  return low + ((high - low) * (1 + Math.cos(Math.PI * share))) / 2;
}

/** Share of the period that the epoch lies in: SGDR (Loshchilov and Hutter 2017), equation 5. */
function sinceRestart(epoch: number, options: { readonly t0: number; readonly tMult: number }): number {
  if (options.tMult === 1) return (epoch % options.t0) / options.t0;
  let begin = 0;
  let period = options.t0;
  while (epoch >= begin + period) {
    begin += period;
    period *= options.tMult;
  }
  return (epoch - begin) / period;
}

import type { ScheduleOptions } from "../options.ts";

type OneCycleOptions = Extract<ScheduleOptions, { type: "one_cycle" }>;

interface Phase {
  /** Step at which it is over; may be a fraction or negative, as in torch. */
  readonly end: number;
  readonly rate: readonly [from: number, to: number];
  readonly momentum: readonly [from: number, to: number];
}

/**
 * torch's OneCycleLR (Smith and Topin 2017): rate and momentum (null where it is not cycled) of a step.
 * @param totalSteps optimiser steps of the whole cycle; the step is from 0 to below it
 */
export function oneCycle(
  options: OneCycleOptions,
  totalSteps: number,
): (step: number) => { learningRate: number; momentum: number | null } {
  const phases = phasesOf(options, totalSteps);
  const between = options.annealStrategy === "cos" ? alongCosine : alongLine;
  return (step) => {
    const index = phases.findIndex((phase, at) => step <= phase.end || at === phases.length - 1);
    const phase = phases[index] as Phase;
    const begin = phases[index - 1]?.end ?? 0;
    // torch divides by zero where the rise is one step long; the step is the peak then
    const share = phase.end === begin ? 1 : (step - begin) / (phase.end - begin);
    return {
      learningRate: between(...phase.rate, share),
      momentum: options.cycleMomentum ? between(...phase.momentum, share) : null,
    };
  };
}

function phasesOf(options: OneCycleOptions, totalSteps: number): readonly Phase[] {
  const { maxLr, pctStart, baseMomentum, maxMomentum } = options;
  const initial = maxLr / options.divFactor;
  const final = initial / options.finalDivFactor;
  const rise: Phase = {
    end: pctStart * totalSteps - 1,
    rate: [initial, maxLr],
    momentum: [maxMomentum, baseMomentum],
  };
  const end = totalSteps - 1;
  if (!options.threePhase)
    return [rise, { end, rate: [maxLr, final], momentum: [baseMomentum, maxMomentum] }];
  return [
    rise,
    { end: 2 * pctStart * totalSteps - 2, rate: [maxLr, initial], momentum: [baseMomentum, maxMomentum] },
    { end, rate: [initial, final], momentum: [maxMomentum, maxMomentum] },
  ];
}

function alongCosine(from: number, to: number, share: number): number {
  return to + ((from - to) / 2) * (Math.cos(Math.PI * share) + 1);
}

function alongLine(from: number, to: number, share: number): number {
  return (to - from) * share + from;
}

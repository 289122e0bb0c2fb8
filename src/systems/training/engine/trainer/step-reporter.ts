import type { TrainingRun } from "./training-run.ts";

/** Milliseconds between two reports of steps. */
const REPORT_EVERY_MS = 300;

/** @returns a function that tells of a step (from 1), unless one was told of just now; of an epoch's last one always */
export function stepReporter({ link }: Pick<TrainingRun, "link">, epoch: number, stepsPerEpoch: number) {
  let told = performance.now();
  return (step: number, loss: number, learningRate: number): void => {
    const now = performance.now();
    if (step < stepsPerEpoch && now - told < REPORT_EVERY_MS) return;
    told = now;
    link.tell({ type: "step", epoch, step, stepsPerEpoch, loss, learningRate });
  };
}

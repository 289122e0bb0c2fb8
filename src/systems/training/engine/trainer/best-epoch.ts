import type { ValidationOptions } from "../../config/training-config.ts";
import type { TrainingProgress } from "../checkpoint.ts";

type Best = TrainingProgress["best"];
type Patience = TrainingProgress["patience"];

/** The best epoch after another validation; the earlier of two that are equal. */
export function bestAfter(best: Best, epoch: number, value: number, mode: "min" | "max"): Best {
  return best === null || gain(value, best.value, mode) > 0 ? { value, epoch } : best;
}

/** Early stopping's count after another validation: a gain of at most `minDelta` is none. */
export function patienceAfter(
  patience: Patience,
  value: number,
  { saveBest, earlyStopping }: Pick<ValidationOptions, "saveBest" | "earlyStopping">,
): Patience {
  const { best, waited } = patience;
  if (best === null || gain(value, best, saveBest.mode) > (earlyStopping?.minDelta ?? 0))
    return { best: value, waited: 0 };
  return { best, waited: waited + 1 };
}

/** Whether to end: validations without a gain have used up the patience. */
export function isExhausted(
  { waited }: Patience,
  earlyStopping: ValidationOptions["earlyStopping"],
): boolean {
  return earlyStopping !== null && waited >= earlyStopping.patience;
}

function gain(value: number, than: number, mode: "min" | "max"): number {
  return mode === "max" ? value - than : than - value;
}

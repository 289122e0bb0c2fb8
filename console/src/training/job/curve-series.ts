import type { EpochRow, StepRow } from "./live-news.ts";

/** One curve over the epochs; null where there is no figure. */
export interface Curve {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** Figures of the rows by name: `loss`, `accuracy`, `learning_rate`, and every other that any row has. */
export function figureOf(row: EpochRow, name: string): number | null {
  if (name === "loss" || name === "accuracy" || name === "learning_rate") return row[name];
  return row.extra_metrics[name] ?? null;
}

/** Names of all figures that the rows have, the usual ones first. O(rows * figures). */
export function figureNames(rows: readonly EpochRow[]): readonly string[] {
  const usual = ["loss", "val_loss", "accuracy", "train_accuracy", "learning_rate"];
  const names = new Set(usual.filter((name) => rows.some((row) => figureOf(row, name) !== null)));
  for (const { extra_metrics } of rows) for (const name of Object.keys(extra_metrics)) names.add(name);
  return [...names];
}

/** The curves of those of the names that the rows have any figure of. */
export function curvesOf(rows: readonly EpochRow[], names: readonly string[]): readonly Curve[] {
  return names
    .map((name) => ({ name, values: rows.map((row) => figureOf(row, name)) }))
    .filter(({ values }) => values.some((value) => value !== null));
}

/**
 * Where each step lies on the axis of epochs: the end of epoch 2 is 2. O(steps).
 *
 * @param steps by epoch and step, thinned out or not
 */
export function stepPlaces(steps: readonly StepRow[]): readonly number[] {
  const perEpoch = steps.reduce((most, { step }) => Math.max(most, step), 1);
  return steps.map(({ epoch, step }) => epoch - 1 + step / perEpoch);
}

/** Curves of several jobs over the same epochs, 1 to the last of any. O(jobs * epochs). */
export function aligned(
  jobs: readonly (readonly EpochRow[])[],
  name: string,
): { readonly x: readonly number[]; readonly curves: readonly (readonly (number | null)[])[] } {
  const epochs = [...new Set(jobs.flatMap((rows) => rows.map(({ epoch }) => epoch)))].sort((a, b) => a - b);
  const curves = jobs.map((rows) => {
    const byEpoch = new Map(rows.map((row) => [row.epoch, figureOf(row, name)]));
    return epochs.map((epoch) => byEpoch.get(epoch) ?? null);
  });
  return { x: epochs, curves };
}

/** From where to where in an epoch's order. */
export interface BatchRange {
  readonly start: number;
  /** Behind the last one. */
  readonly end: number;
}

/**
 * The optimiser steps of an epoch: each a group of batches whose gradients are averaged. The last batch and the last
 * group are as small as what is left, but a single picture joins the batch before: batch norms need two.
 * @param accumulation batches per step
 */
export function planSteps(pictures: number, batchSize: number, accumulation: number): BatchRange[][] {
  const starts = range(pictures, batchSize);
  if (starts.length > 1 && batchSize > 1 && pictures % batchSize === 1) starts.pop();
  const batches = starts.map((start, at) => ({ start, end: starts[at + 1] ?? pictures }));
  return range(batches.length, accumulation).map((first) => batches.slice(first, first + accumulation));
}

/** 0, step, 2 step, ... below `end`. */
function range(end: number, step: number): number[] {
  return Array.from({ length: Math.ceil(end / step) }, (_, at) => at * step);
}

import { userError } from "../../../platform/errors/quatrain-error.ts";
import { FORBIDDEN } from "./bank-graphs.ts";
import type { MemoryModel } from "./port.ts";

/**
 * Squared norms of the rows of a bank `[size, dim]`; beyond reach for those of the excluded picture.
 * @param sources `[size]` the rows' pictures
 * @param excluded number of the picture whose rows are left out; null for none
 * @throws QuatrainError `too_few_ok_pictures` (400) when nothing is left
 */
export function rowCosts(
  bank: Float32Array,
  sources: Int32Array,
  dim: number,
  excluded: number | null,
): Float32Array {
  if (excluded !== null && sources.every((source) => source === excluded))
    throw userError(
      "too_few_ok_pictures",
      400,
      "Scoring a picture without its own patches needs a memory of at least two different pictures.",
    );
  const costs = new Float32Array(sources.length);
  for (let row = 0; row < costs.length; row++) {
    let norm = sources[row] === excluded ? FORBIDDEN : 0;
    for (let axis = row * dim; axis < (row + 1) * dim; axis++) norm += (bank[axis] as number) ** 2;
    costs[row] = norm;
  }
  return costs;
}

/** The number of a picture among those of a memory; null when it is none of them or none is meant. */
export function numberOfSource({ sources }: MemoryModel, contentHash: string | undefined): number | null {
  const found = contentHash === undefined ? -1 : sources.indexOf(contentHash);
  return found < 0 ? null : found;
}

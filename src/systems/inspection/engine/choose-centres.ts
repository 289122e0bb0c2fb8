import type { SeededRandom } from "../../../algorithms/anomaly/seeded-random.ts";
import type { EngineTools } from "./inspect.ts";
import { pickLazily } from "./lazy-centres.ts";
import { sweepCentres } from "./sweep-centres.ts";

/** What choosing works with. */
export interface ChoosingTools extends Omit<EngineTools, "recipe"> {
  readonly random: SeededRandom;
  readonly signal?: AbortSignal;
  /** Hears now and then which share of the centres, 0..1, is chosen. */
  readonly onChosen?: (share: number) => void;
}

/** Points of so many numbers are swept as fast as they are bounded; larger ones fall out of the processor's caches. */
const MOST_SWEPT = 2 ** 20;

/**
 * Indices of `size` rows of `[count, dim]`, each the farthest from all before it: greedy k-center. The same for the
 * same seed.
 */
export async function chooseCentres(
  points: Float32Array,
  dim: number,
  size: number,
  tools: ChoosingTools,
): Promise<Int32Array> {
  const count = points.length / dim;
  if (size === count) return Int32Array.from({ length: count }, (_, index) => index);
  return points.length <= MOST_SWEPT
    ? sweepCentres(points, dim, size, tools)
    : pickLazily(points, dim, size, tools);
}

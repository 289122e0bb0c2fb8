import { PatchReservoir } from "../../../algorithms/anomaly/patch-reservoir.ts";
import { RunningMoments } from "../../../algorithms/anomaly/running-moments.ts";
import { seededRandom } from "../../../algorithms/anomaly/seeded-random.ts";
import type { NamedTensors } from "../../../ml/runtime/numeric-runtime.ts";
import { outputOf } from "../../../ml/runtime/numeric-runtime.ts";
import type { GridFacts } from "./embed-graph.ts";

/** What is remembered of one grid's patches over all pictures. */
export interface CollectedGrid {
  readonly facts: GridFacts;
  readonly moments: RunningMoments;
  readonly reservoir: PatchReservoir;
}

/** The recipe's sample: beyond it a bank gains nothing. */
const MAX_SAMPLED = 20_000;

export function collectedGrid(facts: GridFacts, index: number, settings: CollectSettings): CollectedGrid {
  const capacity = settings.keepEverything ? Number.POSITIVE_INFINITY : MAX_SAMPLED;
  return {
    facts,
    moments: new RunningMoments(facts.dim),
    reservoir: new PatchReservoir(facts.dim, capacity, seededRandom(settings.seed + index)),
  };
}

interface CollectSettings {
  readonly seed: number;
  readonly keepEverything: boolean;
}

/** Takes one picture's outputs of the embed graph in. */
export function collect(
  { facts, moments, reservoir }: CollectedGrid,
  outputs: NamedTensors,
  source: number,
): void {
  const part = (name: string) => outputOf(outputs, `${facts.name}.${name}`, "float32").data;
  const patches = part("patches");
  moments.add(patches.length / facts.dim, part("mean"), part("scatter"));
  reservoir.offer(patches, source);
}

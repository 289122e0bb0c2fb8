import { sampleWithoutReplacement } from "../../../algorithms/anomaly/seeded-random.ts";
import { whitening } from "../../../algorithms/anomaly/whitening.ts";
import {
  type BuildTools,
  chooseBank,
  measureReach,
  type Patches,
  rowsOf,
  spacing,
  whiten,
} from "./bank-steps.ts";
import type { CollectedGrid } from "./collect-patches.ts";
import type { MemoryGrid } from "./memory.ts";
import type { FitSettings } from "./port.ts";

/** The recipe's bank, but for a fit that keeps everything. */
const MIN_BANK = 1000;
const MAX_BANK = 4000;
/** Patches against which the bank's density is measured. */
const DENSITY_SAMPLE = 16_000;

/**
 * Points 2 to 4 of the recipe (spec/inspection.md section 4): whitening, the greedy bank and its density.
 */
export async function buildGrid(
  collected: CollectedGrid,
  settings: FitSettings,
  pictureCount: number,
  tools: BuildTools,
): Promise<MemoryGrid> {
  const { facts, reservoir } = collected;
  const rotation = whitening(collected.moments.moments(), facts.components);
  const { data, sources } = reservoir.sample();
  const { whitened, sketched } = await whiten(data, rotation, tools);
  const size = bankSize(reservoir.seen, sources.length, settings);
  const chosen = await chooseBank(sketched, size, tools);
  const sample: Patches = { data: whitened, dim: rotation.kept, sources };
  const bank = rowsOf(sample, chosen);
  const grid = { name: facts.name, whitening: rotation, bank: bank.data, sources: bank.sources, size };
  if (pictureCount === 1) return { ...grid, reach: new Float32Array(size), unit: Math.fround(spacing(bank)) };
  const others = rowsOf(sample, sampleWithoutReplacement(sources.length, DENSITY_SAMPLE, tools.random));
  const reach = await measureReach(bank, others, tools);
  // Rounded as the file stores it: a memory read back scores exactly as the one that was fitted.
  const unit = Math.fround(Math.max(1e-6, reach.reduce((sum, value) => sum + value, 0) / size));
  return { ...grid, reach: reach.map((value) => tools.recipe.densityWeight * value), unit };
}

function bankSize(seen: number, sampled: number, { coresetRate, keepEverything }: FitSettings): number {
  const wanted = Math.max(Math.ceil(coresetRate * seen), MIN_BANK);
  return Math.min(sampled, keepEverything ? wanted : Math.min(wanted, MAX_BANK));
}

import { scoreHeat } from "../../../algorithms/anomaly/score-heat.ts";
import type { Mask, Picture, Plane } from "../../../algorithms/image/picture.ts";
import { findRegions, type Region } from "../../../algorithms/image/regions.ts";
import type { InspectionEngine, MemoryModel } from "../engine/port.ts";
import type { Label } from "../roi.ts";

/** What decides about a picture. */
export interface Verdict {
  readonly score: number;
  /** Null without a threshold. */
  readonly decision: Label | null;
  readonly heat: Plane;
  readonly regions: readonly Region[];
  /** Regions beyond the limit, in words; empty when none were left out. */
  readonly warnings: readonly string[];
}

export interface Criteria {
  readonly mask: Mask | null;
  /** Null before calibration: then nothing is decided and no regions are drawn. */
  readonly threshold: number | null;
  readonly mmPerPx: number;
  readonly areaMm2Threshold: number;
}

/** Noise at a low threshold can make tens of thousands of regions; nobody looks at more than the largest. */
const MAX_REGIONS = 500;

/** One picture against one memory: heat, score, decision, regions. */
export async function inspectPicture(
  engine: InspectionEngine,
  memory: MemoryModel,
  picture: Picture,
  criteria: Criteria,
  signal?: AbortSignal,
): Promise<Verdict> {
  const { heat } = await engine.inspect(memory, picture, { signal });
  const score = scoreHeat(heat, criteria.mask, memory.settings.pixelPercentile);
  if (criteria.threshold === null) return { score, decision: null, heat, regions: [], warnings: [] };
  const { regions, leftOut } = findRegions(heat, criteria.mask, {
    threshold: criteria.threshold,
    mmPerPx: criteria.mmPerPx,
    minAreaMm2: criteria.areaMm2Threshold,
    maxRegions: MAX_REGIONS,
  });
  return {
    score,
    decision: score > criteria.threshold ? "ng" : "ok",
    heat,
    regions,
    warnings: leftOut === 0 ? [] : [`${leftOut} smaller regions were left out`],
  };
}

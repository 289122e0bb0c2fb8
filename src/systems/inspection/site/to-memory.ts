import { DINOV2_MODELS, tokenDim } from "../../../ml/backbones/dinov2/configuration.ts";
import type { TokenMemory } from "../engine/dinov2/token-memory.ts";
import { type SiteMemory, unreadable } from "./read-site-memory.ts";

/** What the reference scores with: the 99th percentile of the pixels. */
const PIXEL_PERCENTILE = 99;

/**
 * A site's memory as one of ours: the same rows, their pictures unknown.
 * @throws QuatrainError `site_memory_unreadable` (400) where no backbone of this version makes such rows
 */
export function toTokenMemory(site: SiteMemory, coresetRate: number): TokenMemory {
  const engineId = backboneOf(site);
  const settings = {
    engineId,
    coresetRate,
    keepEverything: false,
    ridge: false,
    pixelPercentile: PIXEL_PERCENTILE,
    seed: 0,
  };
  return {
    engineId,
    settings,
    tokenShape: site.tokenShape,
    embeddingCount: site.size,
    coresetSize: site.size,
    sources: [],
    dim: site.dim,
    bank: site.rows,
    bankSources: new Int32Array(site.size).fill(-1),
    weightsDigest: null,
  };
}

/** The one that the memory names, as timm calls it; else the plain one whose rows are as long. */
function backboneOf({ dim, metadata }: SiteMemory): string {
  const named = [metadata.model, metadata.model_name, metadata.backbone].find(
    (name) => typeof name === "string",
  ) as string | undefined;
  const fitting = DINOV2_MODELS.filter((model) => tokenDim(model) === dim);
  const id = named?.split(".")[0];
  const found = id === undefined ? fitting[0] : fitting.find((model) => model.id === id);
  if (found !== undefined) return found.id;
  throw unreadable(
    `it was made with ${named === undefined ? "a backbone" : JSON.stringify(named.slice(0, 100))} of ${dim} numbers per patch, which this version has not`,
  );
}

import { seededRandom } from "../../../algorithms/anomaly/seeded-random.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { namingPicture } from "../name-picture.ts";
import { buildGrid } from "./build-grid.ts";
import { type CollectedGrid, collect, collectedGrid } from "./collect-patches.ts";
import { embedGraph } from "./embed-graph.ts";
import type { EngineTools } from "./inspect.ts";
import { lookAt } from "./look.ts";
import type { BankMemory, MemoryGrid } from "./memory.ts";
import type { FitHooks, FitSettings, OkPicture } from "./port.ts";
import { presetOf } from "./working-size.ts";

/** Share of the time that reading the pictures takes. */
const READING = 0.6;

/** Learns a memory from pictures of good parts: read one at a time, then one bank per grid. */
export async function fitBank(
  tools: EngineTools,
  pictures: readonly OkPicture[],
  settings: FitSettings,
  { signal, onProgress }: FitHooks,
): Promise<BankMemory> {
  if (pictures.length === 0)
    throw userError("no_images", 400, "A fit needs at least one picture of a good part.");
  const hashes = pictures.map(({ contentHash }) => contentHash);
  const sources = [...new Set(hashes)];
  const collected: CollectedGrid[] = [];
  for (const [index, picture] of pictures.entries()) {
    onProgress?.((READING * index) / pictures.length, `picture ${index + 1} of ${pictures.length}`);
    const name = picture.name ?? `picture ${index + 1}`;
    const look = await namingPicture(name, async () => lookAt(await picture.load(), settings, tools.recipe));
    const { model, grids } = tools.models.get(`embed ${look.key}`, () => embedGraph(look.size, look.options));
    const outputs = await tools.runtime.run(model, { picture: look.tensor }, { signal });
    if (collected.length === 0)
      collected.push(...grids.map((facts, at) => collectedGrid(facts, at, settings)));
    for (const grid of collected) collect(grid, outputs, sources.indexOf(picture.contentHash));
  }
  const [finest] = collected;
  if (finest === undefined) throw new RangeError("the embed graph yields no grid");
  const grids: MemoryGrid[] = [];
  for (const [index, grid] of collected.entries()) {
    onProgress?.(
      READING + ((1 - READING) * index) / collected.length,
      `bank ${index + 1} of ${collected.length}`,
    );
    const random = seededRandom(settings.seed + 1000 + index);
    grids.push(await buildGrid(grid, settings, sources.length, { ...tools, random, signal }));
  }
  onProgress?.(1, "done");
  return {
    engineId: presetOf(settings.engineId).engineId,
    settings,
    tokenShape: [finest.facts.rows, finest.facts.columns],
    embeddingCount: collected.reduce((sum, { reservoir }) => sum + reservoir.seen, 0),
    coresetSize: grids.reduce((sum, { size }) => sum + size, 0),
    sources,
    grids,
  };
}

import type { Picture, Plane } from "../../../algorithms/image/picture.ts";
import { float32, type Tensor } from "../../../graph/index.ts";
import { type NumericRuntime, outputOf } from "../../../ml/runtime/numeric-runtime.ts";
import { heatGraph } from "./heat-graph.ts";
import { lookAt } from "./look.ts";
import type { BankMemory, MemoryGrid } from "./memory.ts";
import type { ModelCache } from "./model-cache.ts";
import type { Recipe } from "./recipe.ts";
import { numberOfSource, rowCosts } from "./row-costs.ts";
import { scoreGraph } from "./score-graph.ts";

export interface EngineTools {
  readonly runtime: NumericRuntime;
  readonly models: ModelCache;
  readonly recipe: Recipe;
}

/** Heat of a picture at its own size, in two runs: picture to scores, scores to heat. */
export async function inspectWithBank(
  { runtime, models, recipe }: EngineTools,
  memory: BankMemory,
  picture: Picture,
  { withoutSource, signal }: { withoutSource?: string; signal?: AbortSignal },
): Promise<Plane> {
  const own = memory.grids.map(({ name }) => name); // not the recipe's: those of an older version differ
  const look = await lookAt(picture, memory.settings, { ...recipe, grids: own });
  const banks = memory.grids.map(({ name, size, whitening }) => ({ name, size, kept: whitening.kept }));
  const sizes = banks.map(({ name, size, kept }) => `${name} ${size}x${kept}`).join(" ");
  const { model, grids } = models.get(`score ${look.key} ${sizes}`, () =>
    scoreGraph(look.size, look.options, banks),
  );
  const excluded = numberOfSource(memory, withoutSource);
  const feeds: Record<string, Tensor> = { picture: look.tensor };
  for (const grid of memory.grids) Object.assign(feeds, gridFeeds(grid, excluded));
  const scores = await runtime.run(model, feeds, { signal });

  const { width, height } = picture;
  const heat = models.get(`heat ${look.key} ${width}x${height}`, () =>
    heatGraph(grids, look.middle, { width, height }),
  );
  const outputs = await runtime.run(heat, scores, { signal });
  return { width, height, data: outputOf(outputs, "heat", "float32").data };
}

/** What the score graph wants to know of a grid. */
function gridFeeds(grid: MemoryGrid, excluded: number | null): Record<string, Tensor> {
  const { name, whitening, bank, sources, reach, size, unit } = grid;
  const { dim, kept, projection, offset } = whitening;
  return {
    [`${name}.projection`]: float32([dim, kept], projection),
    [`${name}.offset`]: float32([kept], offset),
    [`${name}.bank`]: float32([size, kept], bank),
    [`${name}.cost`]: float32([size], rowCosts(bank, sources, kept, excluded)),
    [`${name}.reach`]: float32(
      [size],
      reach.map((value) => value / unit),
    ),
    [`${name}.gain`]: float32([1], [1 / unit]),
  };
}

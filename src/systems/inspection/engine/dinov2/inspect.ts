import { blurred, linearSpread, type Spread } from "../../../../algorithms/image/linear-spread.ts";
import type { Picture, Plane } from "../../../../algorithms/image/picture.ts";
import { float32 } from "../../../../graph/index.ts";
import type { LoadedTokens } from "../../../../ml/backbones/dinov2/load-tokens.ts";
import { type NumericRuntime, outputOf } from "../../../../ml/runtime/numeric-runtime.ts";
import { spreadGraph } from "../heat-graph.ts";
import type { ModelCache } from "../model-cache.ts";
import { numberOfSource, rowCosts } from "../row-costs.ts";
import type { AxisPlace, Frame } from "./letterbox.ts";
import { lookAt } from "./look.ts";
import { nearestGraph } from "./token-graphs.ts";
import type { TokenMemory } from "./token-memory.ts";

export interface TokenTools {
  readonly runtime: NumericRuntime;
  readonly models: ModelCache;
  readonly frame: Frame;
}

/** Of the heat's blur, in pixels of the picture (spec/inspection.md section 2, "Algorithm of the reference"). */
const SIGMA = 1;

/** Heat of a picture at its own size, in three runs: picture to tokens, tokens to distances, distances to heat. */
export async function inspectTokens(
  { runtime, models, frame }: TokenTools,
  network: LoadedTokens,
  memory: TokenMemory,
  picture: Picture,
  { withoutSource, signal }: { withoutSource?: string; signal?: AbortSignal },
): Promise<Plane> {
  const { width, height } = picture;
  const { dim, coresetSize: size, bank, bankSources } = memory;
  const cost = rowCosts(bank, bankSources, dim, numberOfSource(memory, withoutSource));
  const { place, rows, columns, tokens } = await lookAt(picture, network, frame, { runtime, signal });
  const nearest = models.get(`nearest ${rows}x${columns} ${size}x${dim}`, () =>
    nearestGraph({ rows, columns }, size, dim),
  );
  const feeds = {
    tokens: float32([rows * columns, dim], tokens),
    bank: float32([size, dim], bank),
    cost: float32([size], cost),
  };
  const scores = await runtime.run(nearest, feeds, { signal });
  const heat = models.get(`heat ${frame.side} ${width}x${height}`, () =>
    spreadGraph([
      {
        name: "grid",
        weight: 1,
        rows: placedSpread(place.down, frame),
        columns: placedSpread(place.across, frame),
      },
    ]),
  );
  const outputs = await runtime.run(heat, scores, { signal });
  return { width, height, data: outputOf(outputs, "heat", "float32").data };
}

/** From the patches that show the picture to its pixels, each heat where its patch is. */
function placedSpread({ pixels, shown, offset, first, count }: AxisPlace, { patch }: Frame): Spread {
  const place = (pixel: number) => (offset + ((pixel + 0.5) * shown) / pixels) / patch - 0.5 - first;
  return blurred(linearSpread(count, pixels, place), SIGMA);
}

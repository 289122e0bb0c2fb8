import { seededRandom } from "../../src/algorithms/anomaly/seeded-random.ts";
import type { Mask, Picture, Plane } from "../../src/algorithms/image/picture.ts";
import type { NumericRuntime } from "../../src/ml/runtime/numeric-runtime.ts";
import { openFb98Engine } from "../../src/systems/inspection/engine/fb98-engine.ts";
import { RECIPE } from "../../src/systems/inspection/engine/recipe.ts";
import type { PictureSet } from "./picture-sets.ts";

export const GRIDS = ["fine", "coarse", "half", "ridge"] as const;
/** One picture's map of each grid alone, unweighted; every so many-th row and column of the heat. */
export type Maps = Readonly<Record<(typeof GRIDS)[number], Float32Array>>;

/** A set's maps. */
export interface GridMaps {
  /** Of the pictures that were learnt from, each without its own patches. */
  readonly fit: readonly Maps[];
  /** The same with a flaw pasted on. */
  readonly pasted: readonly Maps[];
  readonly good: readonly Maps[];
  readonly bad: readonly { readonly maps: Maps; readonly truth: Uint8Array }[];
}

const STEP = 4;
/** The engine's own share of the grid in the heat, which is taken out again. */
const RIDGE_WEIGHT = 0.5;

/** Learns each grid alone, as the engine does, and looks at every picture with each. */
export async function mapGrids(runtime: NumericRuntime, set: PictureSet, seed: number): Promise<GridMaps> {
  const settings = {
    engineId: "fb98",
    coresetRate: 0.1,
    keepEverything: false,
    ridge: true,
    pixelPercentile: 100,
    seed,
  };
  const learn = async (name: (typeof GRIDS)[number]) => {
    const engine = openFb98Engine(runtime, { ...RECIPE, grids: [name] });
    const pictures = set.fit.map((picture, index) => ({
      contentHash: String(index),
      load: async () => picture,
    }));
    const weight = name === "ridge" ? RIDGE_WEIGHT : 1;
    return { name, weight, inspect: engine.inspect, memory: await engine.fit(pictures, settings) };
  };
  const learnt: Awaited<ReturnType<typeof learn>>[] = [];
  for (const name of GRIDS) learnt.push(await learn(name));
  const mapsOf = async (picture: Picture, withoutSource?: string): Promise<Maps> => {
    const maps = [];
    for (const { name, weight, inspect, memory } of learnt) {
      const { heat } = await inspect(memory, picture, { withoutSource });
      maps.push([name, thinned(heat, weight)]);
    }
    return Object.fromEntries(maps) as Maps;
  };
  const each = async <One, Found>(
    items: readonly One[],
    find: (item: One, index: number) => Promise<Found>,
  ) => {
    const found: Found[] = [];
    for (const [index, item] of items.entries()) found.push(await find(item, index));
    return found;
  };
  const random = seededRandom(seed);
  return {
    fit: await each(set.fit, (picture, index) => mapsOf(picture, String(index))),
    pasted: await each(set.fit, (picture, index) => {
      const donor = set.fit[(index + 1) % set.fit.length] as Picture;
      return mapsOf(pasted(picture, donor, random.below), String(index));
    }),
    good: await each(set.good, (picture) => mapsOf(picture)),
    bad: await each(set.bad, async ({ picture, truth }) => ({
      maps: await mapsOf(picture),
      truth: thinnedMask(truth),
    })),
  };
}

/** A patch from elsewhere on another good picture, a tenth lighter or darker: what CutPaste does (Li et al. 2021, 3.1). */
function pasted(picture: Picture, donor: Picture, below: (bound: number) => number): Picture {
  const { width, height } = picture;
  const data = picture.data.slice();
  const [w, h] = [8 + below(Math.ceil(width / 16)), 8 + below(Math.ceil(height / 16))];
  const [x, y] = [below(width - w), below(height - h)];
  const [fromX, fromY] = [below(donor.width - w), below(donor.height - h)];
  const gain = below(2) === 0 ? 0.9 : 1.1;
  for (let row = 0; row < h; row++)
    for (let at = 0; at < 3 * w; at++) {
      const value = donor.data[3 * ((fromY + row) * donor.width + fromX) + at]!;
      data[3 * ((y + row) * width + x) + at] = Math.min(255, Math.round(gain * value));
    }
  return { width, height, data };
}

function thinned({ width, height, data }: Plane, weight: number): Float32Array {
  const found = new Float32Array(Math.ceil(width / STEP) * Math.ceil(height / STEP));
  let at = 0;
  for (let y = 0; y < height; y += STEP)
    for (let x = 0; x < width; x += STEP) found[at++] = data[y * width + x]! / weight;
  return found;
}

function thinnedMask({ width, height, data }: Mask): Uint8Array {
  return Uint8Array.from(thinned({ width, height, data: Float32Array.from(data) }, 1));
}

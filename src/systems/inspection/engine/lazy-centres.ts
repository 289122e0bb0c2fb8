import { highest, keepNearer, pickFarthest } from "../../../algorithms/anomaly/farthest-first.ts";
import { float32 } from "../../../graph/index.ts";
import { outputOf } from "../../../ml/runtime/numeric-runtime.ts";
import { FORBIDDEN, nearestCentreGraph, pairsGraph } from "./bank-graphs.ts";
import type { ChoosingTools } from "./choose-centres.ts";

/** Points among which the next centres are looked for. */
const CANDIDATES = 1024;
/** Points and centres that one run compares: a few milliseconds. */
const TILE = { points: 1024, centres: 512 };

/**
 * Indices of `size` rows of `[count, dim]` by greedy k-center, different ones. Exact but for the rounding of distances,
 * in matrix products: a point's distance to the nearest centre only falls, so what is known of it bounds it, and only
 * the points with the highest bounds are brought up to date and looked through. At most O(size x count x dim).
 */
export async function pickLazily(
  points: Float32Array,
  dim: number,
  size: number,
  tools: ChoosingTools,
): Promise<Int32Array> {
  const choice = new Choice(points, dim, size, tools);
  while (choice.count < size) await choice.advance();
  return choice.centres;
}

class Choice {
  readonly #points: Float32Array;
  readonly #dim: number;
  readonly #tools: ChoosingTools;
  /** Squared distance of each point to the nearest of the centres that it was compared with. */
  readonly #bounds: Float32Array;
  /** With how many centres each point was compared. */
  readonly #compared: Int32Array;
  readonly centres: Int32Array;
  count = 0;

  constructor(points: Float32Array, dim: number, size: number, tools: ChoosingTools) {
    this.#points = points;
    this.#dim = dim;
    this.#tools = tools;
    this.#bounds = new Float32Array(points.length / dim).fill(FORBIDDEN);
    this.#compared = new Int32Array(points.length / dim);
    this.centres = new Int32Array(size);
    this.#choose(tools.random.below(points.length / dim));
  }

  /** Chooses what can be known to be next; perhaps nothing, but then bounds have fallen. */
  async advance(): Promise<void> {
    const { places, next } = highest(this.#bounds, CANDIDATES);
    await this.#compare(places);
    const nearest = Float32Array.from(places, (place) => this.#bounds[place]!);
    if (!nearest.some((value) => value >= next)) return;
    const picked = pickFarthest(await this.#pairs(places), nearest, next, this.centres.length - this.count);
    for (const place of picked) this.#choose(places[place]!);
    places.forEach((place, at) => {
      this.#bounds[place] = nearest[at]!;
      this.#compared[place] = this.count;
    });
    this.#tools.onChosen?.(this.count / this.centres.length);
  }

  #choose(point: number): void {
    this.centres[this.count++] = point;
    this.#bounds[point] = 0;
  }

  /** Compares points with the centres that are new to them, those together that know about as many. */
  async #compare(places: Int32Array): Promise<void> {
    const stale = places.filter((place) => this.#compared[place]! < this.count);
    stale.sort((a, b) => this.#compared[a]! - this.#compared[b]! || a - b);
    for (let from = 0; from < stale.length; from += TILE.points) {
      const tile = stale.subarray(from, from + TILE.points);
      for (let centre = this.#compared[tile[0]!]!; centre < this.count; centre += TILE.centres)
        await this.#compareTile(
          tile,
          this.centres.subarray(centre, Math.min(this.count, centre + TILE.centres)),
        );
      for (const place of tile) this.#compared[place] = this.count;
    }
  }

  async #compareTile(tile: Int32Array, centres: Int32Array): Promise<void> {
    const { models, runtime, signal } = this.#tools;
    const dim = this.#dim;
    const model = models.get(`nearest centre ${dim}`, () =>
      nearestCentreGraph(TILE.points, TILE.centres, dim),
    );
    const costs = new Float32Array(TILE.centres).fill(FORBIDDEN, centres.length);
    const feeds = {
      points: float32([TILE.points, dim], this.#rows(tile, TILE.points)),
      centres: float32([TILE.centres, dim], this.#rows(centres, TILE.centres)),
      costs: float32([1, TILE.centres], costs),
    };
    const outputs = await runtime.run(model, feeds, { signal, transferFeeds: true });
    const found = outputOf(outputs, "nearest", "float32").data;
    tile.forEach((place, at) => {
      this.#bounds[place] = keepNearer(this.#bounds[place]!, found[at]!);
    });
  }

  async #pairs(places: Int32Array): Promise<Float32Array> {
    const { models, runtime, signal } = this.#tools;
    const [dim, count] = [this.#dim, places.length];
    const model = models.get(`pairs ${count} ${dim}`, () => pairsGraph(count, dim));
    const feeds = { points: float32([count, dim], this.#rows(places, count)) };
    return outputOf(await runtime.run(model, feeds, { signal, transferFeeds: true }), "squared", "float32")
      .data;
  }

  /** Rows of the points, and zeros up to `room`. */
  #rows(places: Int32Array, room: number): Float32Array {
    const dim = this.#dim;
    const rows = new Float32Array(room * dim);
    places.forEach((place, at) => {
      rows.set(this.#points.subarray(place * dim, (place + 1) * dim), at * dim);
    });
    return rows;
  }
}

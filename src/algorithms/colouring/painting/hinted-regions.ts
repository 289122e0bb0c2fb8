import { oklabOf } from "../../colour/oklab.ts";
import type { PageBox } from "../../page/prepared-page.ts";
import type { AnalysisView } from "../analysis/analysis-view.ts";
import type { Size } from "../analysis/reduce-plane.ts";
import type { ColourHint } from "../port.ts";
import type { Segmentation } from "../segmentation/segment.ts";

/** A colour that a user wants a region to have. */
export interface HintedRegion {
  readonly region: number;
  /** OKLab */
  readonly colour: readonly [number, number, number];
}

/** How unlike the steps between a hint and a region may be, as the logarithm of their likeness. */
const REACH = 1.6;
/** Each step costs this much, so that a hint does not wander through a whole page without lines. */
const STEP = 0.03;
/** How far from the hint's own tone it reaches, OKLab lightness. */
const TONES = 0.14;
const SEARCHED = 6;

/**
 * Regions that hints give a colour: those they lie on, and what belongs to these within the outline. The nearest hint
 * wins; a hint on lettering or a gutter has no region and no effect. O(hints x regions + pixels of the hints).
 *
 * @param page size of the page that the hints' places are in
 */
export function hintedRegions(
  hints: readonly ColourHint[],
  page: Size,
  view: AnalysisView,
  cut: Segmentation,
): readonly HintedRegion[] {
  const nearest = new Float32Array(cut.regions.count).fill(Number.POSITIVE_INFINITY);
  const chosen = new Map<number, HintedRegion>();
  for (const hint of hints) {
    const colour = oklabOf(...hint.colour);
    const reached = reachedRegions(hint.place, page, view, cut);
    for (const [region, cost] of reached) {
      if (cost >= (nearest[region] as number)) continue;
      nearest[region] = cost;
      chosen.set(region, { region, colour });
    }
  }
  return [...chosen.values()].sort((a, b) => a.region - b.region);
}

/** The regions that a place means, those that belong to them within the outline with it, and how far off each is. */
export function reachedRegions(
  place: PageBox,
  page: Size,
  view: AnalysisView,
  cut: Segmentation,
): ReadonlyMap<number, number> {
  return spreadFrom(regionsUnder(place, page, view, cut.regions.labels), cut);
}

/** The regions that lie mostly under a hint; the one at its middle at least. */
function regionsUnder(place: PageBox, page: Size, view: AnalysisView, labels: Int32Array): readonly number[] {
  const [across, down] = [view.width / page.width, view.height / page.height];
  const middle = nearbyRegion(
    Math.floor((place.x + place.width / 2) * across),
    Math.floor((place.y + place.height / 2) * down),
    view,
    labels,
  );
  const [left, top] = [Math.max(0, Math.ceil(place.x * across)), Math.max(0, Math.ceil(place.y * down))];
  const right = Math.min(view.width, Math.floor((place.x + place.width) * across));
  const bottom = Math.min(view.height, Math.floor((place.y + place.height) * down));
  const inside = new Map<number, number>();
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      const label = labels[y * view.width + x] as number;
      if (label >= 0) inside.set(label, (inside.get(label) ?? 0) + 1);
    }
  const areas = new Map<number, number>();
  if (inside.size > 0)
    for (const label of labels) if (inside.has(label)) areas.set(label, (areas.get(label) ?? 0) + 1);
  const covered = [...inside]
    .filter(([label, pixels]) => 2 * pixels >= (areas.get(label) ?? 0))
    .map(([label]) => label);
  return [...new Set(middle === -1 ? covered : [middle, ...covered])];
}

/** The region at a place or, where a line or a mask lies, the nearest one a few pixels away; -1 without any. */
function nearbyRegion(
  x: number,
  y: number,
  { width, height, ink }: AnalysisView,
  labels: Int32Array,
): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let dy = -SEARCHED; dy <= SEARCHED; dy++)
    for (let dx = -SEARCHED; dx <= SEARCHED; dx++) {
      if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
      const pixel = (y + dy) * width + x + dx;
      const cost = Math.hypot(dx, dy) + 4 * (ink[pixel] as number);
      if ((labels[pixel] as number) < 0 || cost >= least) continue;
      least = cost;
      best = labels[pixel] as number;
    }
  return best;
}

/** Regions within reach of the first ones, and how far off they are. */
function spreadFrom(first: readonly number[], { graph, regions }: Segmentation): ReadonlyMap<number, number> {
  const reached = new Map<number, number>(first.map((region) => [region, 0]));
  const tone = first.reduce((sum, region) => sum + (regions.tones[region] as number) / first.length, 0);
  const waiting = [...first];
  // Costs may still fall after a region was visited: it is then visited again.
  for (let region = waiting.shift(); region !== undefined; region = waiting.shift()) {
    const cost = reached.get(region) ?? 0;
    for (let edge = graph.offsets[region] as number; edge < (graph.offsets[region + 1] as number); edge++) {
      const next = graph.neighbours[edge] as number;
      if (Math.abs((regions.tones[next] as number) - tone) > TONES) continue;
      const further = cost + STEP - Math.log(Math.max(1e-6, graph.likeness[edge] as number));
      if (further > REACH || further >= (reached.get(next) ?? Number.POSITIVE_INFINITY)) continue;
      reached.set(next, further);
      waiting.push(next);
    }
  }
  return reached;
}

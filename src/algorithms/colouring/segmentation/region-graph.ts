import type { AnalysisView } from "../analysis/analysis-view.ts";
import type { Superpixels } from "./superpixels.ts";
import type { TrappedBalls } from "./trapped-balls.ts";

/** Which regions touch, both ways: those of region r are entries `offsets[r]` to `offsets[r + 1]`. */
export interface RegionGraph {
  readonly offsets: Int32Array;
  readonly neighbours: Int32Array;
  /** How much two regions look like one thing, 0..1: alike in tone, no ink and no closed gap between. */
  readonly likeness: Float32Array;
  /** Likeness by the share of their borders that two regions have in common, 0..1. */
  readonly weights: Float32Array;
}

const TONE_REACH = 0.09;
const INK_BARRIER = 5;
/** What is left of a tie where only a gap in an outline joins two regions. */
const THROUGH_GAP = 0.12;

interface Border {
  readonly one: number;
  readonly other: number;
  length: number;
  ink: number;
  gap: number;
}

/** The regions' neighbourhood. O(pixels). */
export function regionGraph(view: AnalysisView, regions: Superpixels, balls: TrappedBalls): RegionGraph {
  const borders = bordersOf(view, regions, balls);
  const perimeters = new Float32Array(regions.count);
  const degrees = new Int32Array(regions.count + 1);
  for (const { one, other, length } of borders) {
    perimeters[one] = (perimeters[one] as number) + length;
    perimeters[other] = (perimeters[other] as number) + length;
    degrees[one + 1] = (degrees[one + 1] as number) + 1;
    degrees[other + 1] = (degrees[other + 1] as number) + 1;
  }
  for (let at = 0; at < regions.count; at++)
    degrees[at + 1] = (degrees[at + 1] as number) + (degrees[at] as number);
  const next = degrees.slice();
  const neighbours = new Int32Array(2 * borders.length);
  const likeness = new Float32Array(2 * borders.length);
  const weights = new Float32Array(2 * borders.length);
  const tie = (from: number, to: number, alike: number, share: number) => {
    const slot = next[from] as number;
    next[from] = slot + 1;
    neighbours[slot] = to;
    likeness[slot] = alike;
    weights[slot] = alike * share;
  };
  for (const border of borders) {
    const alike = likenessAcross(border, regions);
    const { one, other, length } = border;
    const share = length / Math.sqrt((perimeters[one] as number) * (perimeters[other] as number));
    tie(one, other, alike, share);
    tie(other, one, alike, share);
  }
  return { offsets: degrees, neighbours, likeness, weights };
}

function likenessAcross({ one, other, length, ink, gap }: Border, { tones }: Superpixels): number {
  const step = ((tones[one] as number) - (tones[other] as number)) / TONE_REACH;
  const barrier = Math.exp(-INK_BARRIER * (ink / length));
  const passage = 1 - (1 - THROUGH_GAP) * (gap / length);
  return Math.exp(-0.5 * step * step) * barrier * passage;
}

function bordersOf(
  { width, ink }: AnalysisView,
  { labels, count }: Superpixels,
  { pieces }: TrappedBalls,
): Border[] {
  const found = new Map<number, Border>();
  const meet = (pixel: number, next: number) => {
    const one = Math.min(labels[pixel] as number, labels[next] as number);
    const other = Math.max(labels[pixel] as number, labels[next] as number);
    const key = one * count + other;
    let border = found.get(key);
    if (border === undefined) {
      border = { one, other, length: 0, ink: 0, gap: 0 };
      found.set(key, border);
    }
    border.length += 1;
    border.ink += Math.max(ink[pixel] as number, ink[next] as number);
    if (pieces[pixel] !== pieces[next]) border.gap += 1;
  };
  for (let from = 0; from < labels.length; from += width) meetRow(labels, from, width, meet);
  return [...found.values()];
}

/** Calls back with the pixels of a row that have a neighbour of another region to the right or below; in this order. */
function meetRow(
  labels: Int32Array,
  from: number,
  width: number,
  meet: (pixel: number, next: number) => void,
): void {
  const last = from + width - 1;
  for (let pixel = from; pixel <= last; pixel++) {
    const own = labels[pixel] as number;
    if (own < 0) continue;
    const right = pixel < last ? (labels[pixel + 1] as number) : own;
    if (right !== own && right >= 0) meet(pixel, pixel + 1);
    const below = labels[pixel + width] ?? own;
    if (below !== own && below >= 0) meet(pixel, pixel + width);
  }
}

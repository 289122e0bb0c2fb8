import type { AnalysisView } from "../analysis/analysis-view.ts";
import type { Superpixels } from "../segmentation/superpixels.ts";
import { boxMean, type Integral, integralOf } from "./integral.ts";
import { DIRECTIONS, orientedGradients } from "./oriented-gradients.ts";

/** Radii of the three scales, in hundredths of the square root of the drawing's area. */
const SCALES = [0.8, 2, 5] as const;
const RING = 8;
/** Radius of DAISY's two rings and of the boxes on them, in the same unit. */
const RINGS = [
  { reach: 1.6, box: 0.8 },
  { reach: 4.5, box: 2 },
] as const;
const ENERGIES = DIRECTIONS / 2;
const DAISY = DIRECTIONS * (1 + RING);

// What a difference in each kind of number counts; a tone runs from 0 to 1.
const TONE = 3;
const RANK = 1.2;
const MEAN = 1.5;
const DEVIATION = 1.5;
const ENERGY = 1.2;
const INK = 1.2;
const DAISY_WEIGHT = 0.55;

/** Numbers of one region's descriptor. */
export const DESCRIPTOR_SIZE = 2 + SCALES.length * (2 + ENERGIES + 1) + RINGS.length * DAISY;

interface Maps {
  readonly drawing: Integral;
  readonly squares: Integral;
  readonly ink: Integral;
  readonly directions: readonly Integral[];
  /** Pixels of one unit of radius. */
  readonly unit: number;
}

/** The tone that a region was described with. */
export function toneOf(descriptor: ArrayLike<number>): number {
  return (descriptor[0] as number) / TONE;
}

/**
 * What each region and its surroundings look like, as weighted numbers whose plain distance compares regions:
 * tone, its rank on the drawing, mean, deviation, oriented energies and ink at three scales, and DAISY's histograms.
 * O(8 pixels + regions x {@link DESCRIPTOR_SIZE}).
 *
 * @returns `[regions, DESCRIPTOR_SIZE] row-major float32`
 */
export function describeRegions(view: AnalysisView, regions: Superpixels): Float32Array {
  const maps = mapsOf(view);
  const ranks = ranksOf(regions);
  const rows = new Float32Array(regions.count * DESCRIPTOR_SIZE);
  for (let region = 0; region < regions.count; region++) {
    const row = rows.subarray(region * DESCRIPTOR_SIZE, (region + 1) * DESCRIPTOR_SIZE);
    row[0] = TONE * (regions.tones[region] as number);
    row[1] = RANK * (ranks[region] as number);
    const x = Math.round(regions.xs[region] as number);
    const y = Math.round(regions.ys[region] as number);
    let at = 2;
    for (const scale of SCALES) at = writeScale(row, at, maps, x, y, Math.round(scale * maps.unit));
    for (const ring of RINGS) at = writeDaisy(row, at, maps, x, y, ring);
  }
  return rows;
}

function mapsOf({ width, height, tone, ink }: AnalysisView): Maps {
  const drawing = new Float32Array(tone.length);
  const squares = new Float32Array(tone.length);
  for (let pixel = 0; pixel < tone.length; pixel++) {
    const value = (tone[pixel] as number) * (1 - (ink[pixel] as number));
    drawing[pixel] = value;
    squares[pixel] = value * value;
  }
  return {
    drawing: integralOf(drawing, width, height),
    squares: integralOf(squares, width, height),
    ink: integralOf(ink, width, height),
    directions: orientedGradients(drawing, width, height),
    unit: Math.sqrt(width * height) / 100,
  };
}

function writeScale(
  row: Float32Array,
  from: number,
  maps: Maps,
  x: number,
  y: number,
  radius: number,
): number {
  let at = from;
  const mean = boxMean(maps.drawing, x, y, radius);
  row[at++] = MEAN * mean;
  row[at++] = DEVIATION * Math.sqrt(Math.max(0, boxMean(maps.squares, x, y, radius) - mean * mean));
  for (let half = 0; half < ENERGIES; half++) {
    const rising = boxMean(maps.directions[half] as Integral, x, y, radius);
    const falling = boxMean(maps.directions[half + ENERGIES] as Integral, x, y, radius);
    row[at++] = ENERGY * Math.sqrt(Math.max(0, rising + falling));
  }
  row[at++] = INK * Math.sqrt(Math.max(0, boxMean(maps.ink, x, y, radius)));
  return at;
}

function writeDaisy(
  row: Float32Array,
  from: number,
  maps: Maps,
  x: number,
  y: number,
  ring: (typeof RINGS)[number],
): number {
  const box = Math.round(ring.box * maps.unit);
  let at = from;
  at = writeHistogram(row, at, maps, x, y, box);
  for (let petal = 0; petal < RING; petal++) {
    const turn = (2 * Math.PI * petal) / RING;
    const reach = ring.reach * maps.unit;
    at = writeHistogram(
      row,
      at,
      maps,
      Math.round(x + reach * Math.cos(turn)),
      Math.round(y + reach * Math.sin(turn)),
      box,
    );
  }
  // Contrast says little about what is drawn: only how gradients are spread counts, where there are any.
  let norm = 0;
  for (let index = from; index < at; index++) norm += (row[index] as number) ** 2;
  const scale = DAISY_WEIGHT / (Math.sqrt(norm) + 0.05);
  for (let index = from; index < at; index++) row[index] = (row[index] as number) * scale;
  return at;
}

function writeHistogram(
  row: Float32Array,
  from: number,
  maps: Maps,
  x: number,
  y: number,
  box: number,
): number {
  for (let direction = 0; direction < DIRECTIONS; direction++)
    row[from + direction] = boxMean(maps.directions[direction] as Integral, x, y, box);
  return from + DIRECTIONS;
}

/** Share of the drawing that is darker than each region, 0..1. */
function ranksOf({ count, tones, areas }: Superpixels): Float32Array {
  const order = Uint32Array.from({ length: count }, (_, region) => region).sort(
    (a, b) => (tones[a] as number) - (tones[b] as number) || a - b,
  );
  const total = areas.reduce((sum, area) => sum + area, 0);
  const ranks = new Float32Array(count);
  let darker = 0;
  for (let from = 0; from < count; ) {
    // Equal tones share a rank, in the middle of their stretch.
    const tone = tones[order[from] as number] as number;
    let to = from;
    let stretch = 0;
    while (to < count && (tones[order[to] as number] as number) - tone < 1e-3)
      stretch += areas[order[to++] as number] as number;
    for (; from < to; from++) ranks[order[from] as number] = (darker + stretch / 2) / total;
    darker += stretch;
  }
  return ranks;
}

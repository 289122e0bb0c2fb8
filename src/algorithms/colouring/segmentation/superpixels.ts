import type { AnalysisView } from "../analysis/analysis-view.ts";
import { bucketQueue } from "./bucket-queue.ts";
import type { TrappedBalls } from "./trapped-balls.ts";

/** Small connected regions of even tone. */
export interface Superpixels {
  readonly count: number;
  /** Region of each pixel, -1 where colour does not belong. */
  readonly labels: Int32Array;
  readonly areas: Int32Array;
  /** Centres of gravity, pixels. */
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  /** Mean tone away from ink. */
  readonly tones: Float32Array;
}

const TONE_WEIGHT = 60;
const INK_WEIGHT = 4;
const SPACE_WEIGHT = 0.5;
/** Leaving a trapped ball costs as much as this. */
const BALL_WEIGHT = 6;
const BUCKETS = 1 << 12;
const MOST = 30_000;

/**
 * About `wanted` regions that grow from a grid of seeds to the pixels that cost them least: unlike tone, distance and
 * ink cost, and so does leaving a trapped ball. Connected by themselves, in one pass (Achanta and Süsstrunk 2017,
 * "Superpixels and polygons using simple non-iterative clustering", with ink and balls as barriers). O(pixels).
 */
export function superpixels(view: AnalysisView, balls: TrappedBalls, wanted: number): Superpixels {
  const { width, height, tone, ink, free } = view;
  const area = free.reduce((sum, inside) => sum + inside, 0);
  const step = Math.max(2, Math.sqrt(area / wanted));
  const seeds = seedsOf(view, balls, step);
  const labels = new Int32Array(free.length).fill(-1);
  const growing = sumsOf(seeds.length);
  const queue = bucketQueue(BUCKETS, 1 / 256);
  seeds.forEach((pixel, label) => {
    queue.push(0, pixel, label);
  });
  const spaceWeight = SPACE_WEIGHT / (step * step);
  for (let pixel = queue.pop(); pixel !== -1; pixel = queue.pop()) {
    if (labels[pixel] !== -1) continue;
    const label = queue.owner();
    labels[pixel] = label;
    const x = pixel % width;
    const y = (pixel - x) / width;
    add(growing, label, x, y, tone[pixel] as number, ink[pixel] as number);
    const areaHere = growing.areas[label] as number;
    const meanX = (growing.xs[label] as number) / areaHere;
    const meanY = (growing.ys[label] as number) / areaHere;
    const meanTone = (growing.tones[label] as number) / (growing.weights[label] as number);
    const ball = balls.pieces[seeds[label] as number] as number;
    // The pixels left, right, above and below.
    for (let side = 0; side < 4; side++) {
      const nextX = side === 0 ? x - 1 : side === 1 ? x + 1 : x;
      const nextY = side === 2 ? y - 1 : side === 3 ? y + 1 : y;
      if (nextX < 0 || nextX >= width || nextY < 0 || nextY >= height) continue;
      const next = nextY * width + nextX;
      if (labels[next] !== -1 || free[next] !== 1) continue;
      const unlike = (tone[next] as number) - meanTone;
      const line = ink[next] as number;
      const cost =
        TONE_WEIGHT * unlike * unlike +
        INK_WEIGHT * line * line +
        spaceWeight * ((nextX - meanX) * (nextX - meanX) + (nextY - meanY) * (nextY - meanY)) +
        (balls.pieces[next] === ball ? 0 : BALL_WEIGHT);
      queue.push(cost, next, label);
    }
  }
  return means(labels, growing);
}

interface Sums {
  readonly areas: Int32Array;
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  readonly tones: Float32Array;
  readonly weights: Float32Array;
}

function sumsOf(count: number): Sums {
  const [xs, ys, tones, weights] = [0, 1, 2, 3].map(() => new Float32Array(count)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  return { areas: new Int32Array(count), xs, ys, tones, weights };
}

function add(sums: Sums, label: number, x: number, y: number, tone: number, ink: number): void {
  const weight = 1.02 - ink;
  sums.areas[label] = (sums.areas[label] as number) + 1;
  sums.xs[label] = (sums.xs[label] as number) + x;
  sums.ys[label] = (sums.ys[label] as number) + y;
  sums.tones[label] = (sums.tones[label] as number) + weight * tone;
  sums.weights[label] = (sums.weights[label] as number) + weight;
}

function means(labels: Int32Array, sums: Sums): Superpixels {
  const { areas, weights } = sums;
  const mean = (values: Float32Array, by: Int32Array | Float32Array) =>
    values.map((value, label) => value / Math.max(1e-6, by[label] as number));
  return {
    count: areas.length,
    labels,
    areas,
    xs: mean(sums.xs, areas),
    ys: mean(sums.ys, areas),
    tones: mean(sums.tones, weights),
  };
}

/** A pixel for each region to begin with: a grid, off the lines, and one in every trapped ball the grid misses. */
function seedsOf(view: AnalysisView, balls: TrappedBalls, step: number): number[] {
  const { width, height, free } = view;
  const taken = new Uint8Array(free.length);
  const held = new Uint8Array(balls.count);
  const seeds: number[] = [];
  const plant = (pixel: number) => {
    if (taken[pixel] === 1 || seeds.length >= MOST) return;
    taken[pixel] = 1;
    seeds.push(pixel);
    const ball = balls.pieces[pixel] as number;
    if (ball >= 0) held[ball] = 1;
  };
  for (let y = step / 2, row = 0; y < height; y += step, row++)
    for (let x = row % 2 === 0 ? step / 4 : (3 * step) / 4; x < width; x += step) {
      const pixel = Math.floor(y) * width + Math.floor(x);
      if (free[pixel] === 1) plant(leastInk(view, pixel));
    }
  for (let ball = 0; ball < balls.count; ball++) if (held[ball] === 0) plant(balls.centres[ball] as number);
  if (seeds.length === 0) {
    const first = free.indexOf(1);
    if (first !== -1) seeds.push(first);
  }
  return seeds;
}

function leastInk({ width, height, ink, free }: AnalysisView, pixel: number): number {
  const x = pixel % width;
  const y = (pixel - x) / width;
  let best = pixel;
  for (let dy = -2; dy <= 2; dy++)
    for (let dx = -2; dx <= 2; dx++) {
      if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
      const at = pixel + dy * width + dx;
      if (free[at] === 1 && (ink[at] as number) < (ink[best] as number)) best = at;
    }
  return best;
}

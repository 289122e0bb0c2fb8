import type { AnalysisView } from "../analysis/analysis-view.ts";
import { BucketQueue } from "./bucket-queue.ts";
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
  const { width, height, free } = view;
  const area = free.reduce((sum, inside) => sum + inside, 0);
  const step = Math.max(2, Math.sqrt(area / wanted));
  const seeds = seedsOf(view, balls, step);
  const { numbers, values } = cellsOf(view, balls);
  const queue = new BucketQueue(BUCKETS, 256);
  seeds.forEach((pixel, label) => {
    queue.push(0, pixel, label);
  });
  const growth: Growth = {
    width,
    height,
    numbers,
    values,
    sums: sumsOf(seeds.length),
    balls: Int32Array.from(seeds, (pixel) => balls.pieces[pixel] as number),
    spaceWeight: SPACE_WEIGHT / (step * step),
    queue,
  };
  for (let pixel = queue.pop(); pixel !== -1; pixel = queue.pop())
    if (numbers[CELL * pixel] === FREE) take(growth, pixel, queue.owner);
  const labels = new Int32Array(free.length);
  for (let pixel = 0; pixel < labels.length; pixel++)
    labels[pixel] = Math.max(FREE, numbers[CELL * pixel] as number);
  return means(labels, growth.sums);
}

// What growing asks of a pixel lies side by side: regions grow all over the drawing by turns, and each look misses the cache.
const CELL = 4;
const [BALL, TONE, INK] = [1, 2, 3] as const;
const FREE = -1;
const OUTSIDE = -2;

/** `[pixels, CELL]`, the same memory as whole numbers (a pixel's region or FREE or OUTSIDE, its ball) and as values (its tone, its ink). */
interface Cells {
  readonly numbers: Int32Array;
  readonly values: Float32Array;
}

function cellsOf({ tone, ink, free }: AnalysisView, { pieces }: TrappedBalls): Cells {
  const numbers = new Int32Array(CELL * free.length);
  const values = new Float32Array(numbers.buffer);
  for (let pixel = 0, at = 0; pixel < free.length; pixel++, at += CELL) {
    numbers[at] = free[pixel] === 1 ? FREE : OUTSIDE;
    numbers[at + BALL] = pieces[pixel] as number;
    values[at + TONE] = tone[pixel] as number;
    values[at + INK] = ink[pixel] as number;
  }
  return { numbers, values };
}

interface Growth extends Cells {
  readonly width: number;
  readonly height: number;
  readonly sums: Sums;
  /** The ball that each region began in. */
  readonly balls: Int32Array;
  readonly spaceWeight: number;
  readonly queue: BucketQueue;
}

/** A region takes a pixel, and wants those beside it. */
function take(growth: Growth, pixel: number, label: number): void {
  const { width, height, numbers, values, sums } = growth;
  const x = pixel % width;
  const y = (pixel - x) / width;
  const cell = CELL * pixel;
  numbers[cell] = label;
  add(sums, label, x, y, values[cell + TONE] as number, values[cell + INK] as number);
  if (x > 0) want(growth, label, x - 1, y);
  if (x + 1 < width) want(growth, label, x + 1, y);
  if (y > 0) want(growth, label, x, y - 1);
  if (y + 1 < height) want(growth, label, x, y + 1);
}

function want(
  { width, numbers, values, sums, balls, spaceWeight, queue }: Growth,
  label: number,
  x: number,
  y: number,
): void {
  const pixel = y * width + x;
  const cell = CELL * pixel;
  if (numbers[cell] !== FREE) return;
  const area = sums.areas[label] as number;
  const right = x - (sums.xs[label] as number) / area;
  const down = y - (sums.ys[label] as number) / area;
  const unlike =
    (values[cell + TONE] as number) - (sums.tones[label] as number) / (sums.weights[label] as number);
  const line = values[cell + INK] as number;
  const cost =
    TONE_WEIGHT * unlike * unlike +
    INK_WEIGHT * line * line +
    spaceWeight * (right * right + down * down) +
    (numbers[cell + BALL] === balls[label] ? 0 : BALL_WEIGHT);
  queue.push(cost, pixel, label);
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

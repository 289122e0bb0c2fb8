/** How far a plane may be smoothed between neighbouring pixels, and where it may not. */
export interface Passages {
  readonly width: number;
  readonly height: number;
  /** Cost of the step from a pixel to its right one, as {@link passageCost} codes it. */
  readonly across: Uint16Array;
  /** The same for the step to the pixel below. */
  readonly down: Uint16Array;
}

const COST_STEP = 1 / 16;
const COSTS = 2048;

/** A cost, 1 on an even area and much where something lies between, in sixteenths; beyond 127 nothing passes. */
export function passageCost(cost: number): number {
  return Math.min(COSTS - 1, (cost / COST_STEP) | 0);
}

const ITERATIONS = 3;

/** Planes that are smoothed together: each waits for its own last pixel, while the others' are worked on. */
export type ThreePlanes = readonly [Float32Array, Float32Array, Float32Array];

/**
 * Smooths planes in place along what is even, never across what is costly: the recursive domain transform (Gastal and
 * Oliveira 2011, "Domain transform for edge-aware image and video processing", section 5). O(pixels).
 *
 * @param reach standard deviation of the smoothing, in steps of cost 1
 */
export function smoothAlong(planes: ThreePlanes, passages: Passages, reach: number): void {
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const deviation =
      (reach * Math.sqrt(3) * 2 ** (ITERATIONS - iteration - 1)) / Math.sqrt(4 ** ITERATIONS - 1);
    const table = decays(Math.exp(-Math.SQRT2 / deviation));
    sweepRows(planes, passages, table);
    pullDown(planes, passages, table);
    pullUp(planes, passages, table);
  }
}

/** Decay by coded cost. */
function decays(decay: number): Float32Array {
  return Float32Array.from({ length: COSTS }, (_, step) =>
    step === COSTS - 1 ? 0 : decay ** (step * COST_STEP),
  );
}

function sweepRows(planes: ThreePlanes, { width, height, across }: Passages, table: Float32Array): void {
  for (let y = 0; y < height; y++) sweep(planes, y * width, width, across, table);
}

// Whole rows at a time: columns one by one would miss the cache at every pixel.
function pullDown(planes: ThreePlanes, { width, height, down }: Passages, table: Float32Array): void {
  for (let y = 0; y + 1 < height; y++) pullRow(planes, (y + 1) * width, y * width, width, down, table);
}

function pullUp(planes: ThreePlanes, { width, height, down }: Passages, table: Float32Array): void {
  for (let y = height - 2; y >= 0; y--) pullRow(planes, y * width, (y + 1) * width, width, down, table);
}

function sweep(
  planes: ThreePlanes,
  from: number,
  width: number,
  costs: Uint16Array,
  table: Float32Array,
): void {
  const last = from + width - 1;
  for (let at = from; at < last; at++) pull(planes, at + 1, at, table[costs[at] as number] as number);
  for (let at = last - 1; at >= from; at--) pull(planes, at, at + 1, table[costs[at] as number] as number);
}

/** Pulls a row towards another one; `costs` from the upper of the two on. */
function pullRow(
  planes: ThreePlanes,
  to: number,
  from: number,
  width: number,
  costs: Uint16Array,
  table: Float32Array,
): void {
  const upper = Math.min(to, from);
  for (let x = 0; x < width; x++) pull(planes, to + x, from + x, table[costs[upper + x] as number] as number);
}

function pull([first, second, third]: ThreePlanes, to: number, from: number, share: number): void {
  first[to] = (first[to] as number) + share * ((first[from] as number) - (first[to] as number));
  second[to] = (second[to] as number) + share * ((second[from] as number) - (second[to] as number));
  third[to] = (third[to] as number) + share * ((third[from] as number) - (third[to] as number));
}

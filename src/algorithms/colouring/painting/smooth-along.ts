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

/**
 * Smooths a plane in place along what is even, never across what is costly: the recursive domain transform (Gastal and
 * Oliveira 2011, "Domain transform for edge-aware image and video processing", section 5). O(pixels).
 *
 * @param reach standard deviation of the smoothing, in steps of cost 1
 */
export function smoothAlong(plane: Float32Array, passages: Passages, reach: number): void {
  const { width, height, across, down } = passages;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const deviation =
      (reach * Math.sqrt(3) * 2 ** (ITERATIONS - iteration - 1)) / Math.sqrt(4 ** ITERATIONS - 1);
    const decay = Math.exp(-Math.SQRT2 / deviation);
    const table = decays(decay);
    for (let y = 0; y < height; y++)
      sweep(plane, { from: y * width, step: 1, count: width, costs: across, table });
    for (let y = 0; y + 1 < height; y++) rowDown(plane, y * width, width, down, table);
    for (let y = height - 2; y >= 0; y--) rowUp(plane, y * width, width, down, table);
  }
}

/** Decay by coded cost. */
function decays(decay: number): Float32Array {
  return Float32Array.from({ length: COSTS }, (_, step) =>
    step === COSTS - 1 ? 0 : decay ** (step * COST_STEP),
  );
}

interface Sweep {
  readonly from: number;
  readonly step: number;
  readonly count: number;
  readonly costs: Uint16Array;
  readonly table: Float32Array;
}

function sweep(plane: Float32Array, { from, step, count, costs, table }: Sweep): void {
  const last = from + (count - 1) * step;
  for (let at = from; at < last; at += step) pull(plane, at + step, at, costs[at] as number, table);
  for (let at = last - step; at >= from; at -= step) pull(plane, at, at + step, costs[at] as number, table);
}

// Whole rows at a time: columns one by one would miss the cache at every pixel.
function rowDown(
  plane: Float32Array,
  from: number,
  width: number,
  costs: Uint16Array,
  table: Float32Array,
): void {
  for (let at = from; at < from + width; at++) pull(plane, at + width, at, costs[at] as number, table);
}

function rowUp(
  plane: Float32Array,
  from: number,
  width: number,
  costs: Uint16Array,
  table: Float32Array,
): void {
  for (let at = from; at < from + width; at++) pull(plane, at, at + width, costs[at] as number, table);
}

function pull(plane: Float32Array, to: number, from: number, cost: number, table: Float32Array): void {
  const share = table[cost] as number;
  plane[to] = (plane[to] as number) + share * ((plane[from] as number) - (plane[to] as number));
}

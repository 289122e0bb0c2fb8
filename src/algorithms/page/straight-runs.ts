import type { Bytes } from "./running-extremes.ts";

/** A step along a direction, and the pixel between two steps where the step is longer than one. Pixels. */
interface Direction {
  readonly right: number;
  readonly down: number;
  readonly between: readonly [right: number, down: number] | null;
}

/** Every 22.5 degrees or so. */
const DIRECTIONS: readonly Direction[] = [
  { right: 1, down: 0, between: null },
  { right: 0, down: 1, between: null },
  { right: 1, down: 1, between: null },
  { right: -1, down: 1, between: null },
  { right: 2, down: 1, between: [1, 0] },
  { right: -2, down: 1, between: [-1, 0] },
  { right: 1, down: 2, between: [0, 1] },
  { right: -1, down: 2, between: [0, 1] },
];
/** Of a run's pixels, so many must be set: a scanned line has a gap now and then. */
const SET_SHARE = 0.88;

/**
 * The set pixels that lie on a straight run of about `length` set pixels, which begins, ends or has its middle
 * there, in one of eight directions: 1 there. Dots, whatever touches them, have no such run. O(pixels).
 */
export function onStraightRuns({ width, height, data }: Bytes, length: number): Uint8Array {
  const found = new Uint8Array(data.length);
  const sums = new Uint16Array(data.length);
  for (const direction of DIRECTIONS) {
    const back = direction.down * width + direction.right;
    const between = direction.between === null ? 0 : direction.between[1] * width + direction.between[0];
    const perStep = direction.between === null ? 1 : 2;
    const steps = Math.max(2, Math.round(length / perStep));
    const needed = Math.ceil(SET_SHARE * steps * perStep);
    accumulate({ width, height, data }, sums, direction, between);
    const lines: Lines = { width, sums, right: direction.right, back, steps, needed };
    for (let from = 0; from < data.length; from += width) markRuns(data, lines, from, found);
  }
  return found;
}

/** The lines along a direction: sums from where they enter the plane, and what makes a run on them. */
interface Lines {
  readonly width: number;
  readonly sums: Uint16Array;
  /** How far a step goes to the right, and in all; pixels. */
  readonly right: number;
  readonly back: number;
  readonly steps: number;
  readonly needed: number;
}

/** Marks the set pixels of a row that lie on a run. */
function markRuns(data: Uint8Array, lines: Lines, from: number, found: Uint8Array): void {
  const { width, steps, needed } = lines;
  const half = steps >> 1;
  for (let x = 0, at = from; x < width; x++, at++) {
    if (data[at] === 0 || found[at] === 1) continue;
    const isOnRun =
      setBetween(lines, x, at, -steps, 0) >= needed ||
      setBetween(lines, x, at, -1, steps - 1) >= needed ||
      setBetween(lines, x, at, half - steps, half) >= needed;
    if (isOnRun) found[at] = 1;
  }
}

/** Set pixels on the line through `at` from one step on it, exclusive, to another; 0 where it has left the plane. */
function setBetween(lines: Lines, x: number, at: number, from: number, to: number): number {
  const { sums, right, back } = lines;
  if (!isInside(lines, x + to * right, at + to * back)) return 0;
  // Outside of the plane there is nothing to begin from. Sums wrap at 16 bits, and so do their differences.
  const before = isInside(lines, x + from * right, at + from * back) ? (sums[at + from * back] as number) : 0;
  return ((sums[at + to * back] as number) - before) & 0xffff;
}

function isInside({ width, sums }: Lines, x: number, at: number): boolean {
  return x >= 0 && x < width && at >= 0 && at < sums.length;
}

/** Sums along a direction from where it enters the plane. */
function accumulate(plane: Bytes, sums: Uint16Array, direction: Direction, between: number): void {
  for (let y = 0; y < plane.height; y++) accumulateRow(plane, sums, direction, between, y);
}

function accumulateRow(
  { width, data }: Bytes,
  sums: Uint16Array,
  { right, down }: Direction,
  between: number,
  y: number,
): void {
  const back = down * width + right;
  const first = right > 0 ? 0 : width - 1;
  const step = right > 0 ? 1 : -1;
  for (let x = first; x >= 0 && x < width; x += step) {
    const at = y * width + x;
    const inside = y >= down && x - right >= 0 && x - right < width;
    const before = inside ? (sums[at - back] as number) : 0;
    const extra = between !== 0 && inside ? (data[at - back + between] as number) : 0;
    sums[at] = before + (data[at] as number) + extra;
  }
}

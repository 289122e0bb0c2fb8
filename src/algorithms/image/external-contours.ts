import type { Mask } from "./picture.ts";

/** `[x, y]` in pixels. */
export type Point = readonly [x: number, y: number];

// Eight neighbours, counter-clockwise on the screen from east.
const DX = [1, 1, 0, -1, -1, -1, 0, 1] as const;
const DY = [0, -1, -1, -1, 0, 1, 1, 1] as const;
const WEST = 4;

/**
 * The outlines of the mask's 8-connected components that lie in no hole of another, each with only the
 * points where its direction changes: OpenCV's `findContours(RETR_EXTERNAL, CHAIN_APPROX_SIMPLE)`, here in
 * the order of their first pixel (OpenCV's newer versions reverse it). O(pixels).
 *
 * Source: Suzuki and Abe, Topological structural analysis of digitized binary images by border following, 1985.
 */
export function* externalContours(mask: Mask): Generator<Point[]> {
  const { width, height } = mask;
  // A frame of one pixel: no neighbour needs a bounds check.
  const stride = width + 2;
  const cells = framed(mask, stride);
  const stack = new Int32Array(cells.length);
  flood(cells, stack, 0, stride, BACKGROUND, OUTSIDE, 4);
  for (let y = 1; y <= height; y++)
    for (let x = 1; x <= width; x++) {
      const start = y * stride + x;
      if (cells[start] !== INSIDE) continue;
      const external = cells[start - 1] === OUTSIDE;
      const contour = external ? trace(cells, start, stride) : [];
      flood(cells, stack, start, stride, INSIDE, DONE, 8);
      if (external) yield contour;
    }
}

const BACKGROUND = 0;
const INSIDE = 1;
const OUTSIDE = 2;
const DONE = 3;

function framed({ width, height, data }: Mask, stride: number): Uint8Array {
  const cells = new Uint8Array(stride * (height + 2));
  for (let y = 0; y < height; y++) cells.set(data.subarray(y * width, (y + 1) * width), (y + 1) * stride + 1);
  return cells;
}

/** Turns the connected cells of value `from` into `to`, starting at one of them. */
function flood(
  cells: Uint8Array,
  stack: Int32Array,
  start: number,
  stride: number,
  from: number,
  to: number,
  connected: 4 | 8,
): void {
  const steps = Int32Array.from(stepsOf(stride).filter((_, side) => connected === 8 || side % 2 === 0));
  let pending = 0;
  stack[pending++] = start;
  cells[start] = to;
  while (pending > 0) {
    const cell = stack[--pending] as number;
    // Leaving the frame sideways lands on the frame of the next row, which belongs to the same outside.
    for (let side = 0; side < steps.length; side++) {
      const next = cell + (steps[side] as number);
      if (cells[next] !== from) continue;
      cells[next] = to;
      stack[pending++] = next;
    }
  }
}

function stepsOf(stride: number): number[] {
  return DX.map((dx, side) => (DY[side] ?? 0) * stride + dx);
}

/** Walks once around the outside of the component whose first pixel in row order is `start`. */
function trace(cells: Uint8Array, start: number, stride: number): Point[] {
  const steps = stepsOf(stride);
  const on = (cell: number) => cells[cell] === INSIDE;
  const neighbour = (cell: number, side: number) => cell + (steps[side & 7] ?? 0);
  const point = (cell: number): Point => [(cell % stride) - 1, Math.floor(cell / stride) - 1];

  let side = WEST;
  do side = (side + 7) & 7;
  while (!on(neighbour(start, side)) && side !== WEST);
  if (side === WEST) return [point(start)];
  const last = neighbour(start, side);

  const points: Point[] = [];
  let cell = start;
  let came = side ^ 4;
  for (;;) {
    do side = (side + 1) & 7;
    while (!on(neighbour(cell, side)));
    if (side !== came) points.push(point(cell));
    came = side;
    const next = neighbour(cell, side);
    if (next === start && cell === last) return points;
    cell = next;
    side = (side + 4) & 7;
  }
}

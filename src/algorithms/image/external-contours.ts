import type { Mask } from "./picture.ts";

/** `[x, y]` in pixels. */
export type Point = readonly [x: number, y: number];

// Eight neighbours, counter-clockwise on the screen from east.
const DX = [1, 1, 0, -1, -1, -1, 0, 1] as const;
const DY = [0, -1, -1, -1, 0, 1, 1, 1] as const;
const WEST = 4;

/** What is known of a cell: outlines mark theirs, and among them those with nothing to their east. */
const BACKGROUND = 0;
const UNSEEN = 1;
const OUTLINE = 2;
const EASTERN_OUTLINE = 3;

/**
 * The outlines of the mask's 8-connected components that lie in no hole of another, each with only the
 * points where its direction changes: OpenCV's `findContours(RETR_EXTERNAL, CHAIN_APPROX_SIMPLE)`, here in
 * the order of their first pixel (OpenCV's newer versions reverse it). O(pixels), one glance at most of them.
 *
 * Source: Suzuki and Abe, Topological structural analysis of digitized binary images by border following, 1985
 * (algorithm 2: outermost borders only).
 */
export function* externalContours(mask: Mask): Generator<Point[]> {
  const { width, height } = mask;
  // A frame of one pixel: no neighbour needs a bounds check.
  const stride = width + 2;
  const cells = framed(mask, stride);
  for (let y = 1; y <= height; y++) {
    let outside = true; // whether the last outline met in this row was left eastwards
    let before = BACKGROUND;
    for (let cell = y * stride + 1; cell <= y * stride + width; cell++) {
      let value = cells[cell] as number;
      if (value === before) continue;
      if (value === UNSEEN && before === BACKGROUND && outside) {
        yield trace(cells, cell, stride);
        value = cells[cell] as number;
      }
      if (value >= OUTLINE) outside = value === EASTERN_OUTLINE;
      before = value;
    }
  }
}

function framed({ width, height, data }: Mask, stride: number): Uint8Array {
  const cells = new Uint8Array(stride * (height + 2));
  for (let y = 0; y < height; y++) cells.set(data.subarray(y * width, (y + 1) * width), (y + 1) * stride + 1);
  return cells;
}

function stepsOf(stride: number): number[] {
  return DX.map((dx, side) => (DY[side] ?? 0) * stride + dx);
}

/** Walks once around the outside of the component whose first pixel in row order is `start`, and marks the way. */
function trace(cells: Uint8Array, start: number, stride: number): Point[] {
  const steps = stepsOf(stride);
  const on = (cell: number) => cells[cell] !== BACKGROUND;
  const neighbour = (cell: number, side: number) => cell + (steps[side & 7] ?? 0);
  const point = (cell: number): Point => [(cell % stride) - 1, Math.floor(cell / stride) - 1];

  let side = WEST;
  do side = (side + 7) & 7;
  while (!on(neighbour(start, side)) && side !== WEST);
  if (side === WEST) {
    cells[start] = EASTERN_OUTLINE;
    return [point(start)];
  }
  const last = neighbour(start, side);

  const points: Point[] = [];
  let cell = start;
  let came = side ^ 4;
  for (;;) {
    const from = side;
    do side++;
    while (!on(neighbour(cell, side)));
    side &= 7;
    if (side - 1 >= 0 && side - 1 < from)
      cells[cell] = EASTERN_OUTLINE; // the turn went past the east
    else if (cells[cell] === UNSEEN) cells[cell] = OUTLINE;
    if (side !== came) points.push(point(cell));
    came = side;
    const next = neighbour(cell, side);
    if (next === start && cell === last) return points;
    cell = next;
    side = (side + 4) & 7;
  }
}

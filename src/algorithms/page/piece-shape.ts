import type { Components } from "./components.ts";
import { componentsOf } from "./components.ts";
import type { PageBox } from "./prepared-page.ts";
import type { Bytes } from "./running-extremes.ts";

/** A piece with its holes filled, in a box with one empty pixel all around. */
export interface PieceShape {
  /** Of the page; reaches one pixel beyond the piece on each side, and so perhaps beyond the page. */
  readonly box: PageBox;
  /** 1 inside. */
  readonly filled: Bytes;
  readonly area: number;
  /** Area over that of the convex hull: 1 for a box or an ellipse, small for frames and stars. */
  readonly solidity: number;
}

/** The filled shape of a piece. O(pixels of its box). */
export function pieceShape(pieces: Components, piece: number): PieceShape {
  const inner = pieces.boxOf(piece);
  const box = { x: inner.x - 1, y: inner.y - 1, width: inner.width + 2, height: inner.height + 2 };
  const data = new Uint8Array(box.width * box.height);
  pieces.runsOf(piece, (row, start, end) => {
    const line = (row - box.y) * box.width - box.x;
    data.fill(1, line + start, line + end);
  });
  const filled = { width: box.width, height: box.height, data };
  fillHoles(filled);
  let area = 0;
  for (const value of data) area += value;
  return { box, filled, area, solidity: area / hullArea(filled) };
}

/** What does not hang together with the empty rim lies in a hole. */
function fillHoles({ width, height, data }: Bytes): void {
  const outside = componentsOf({ width, height, data }, 0, true);
  for (let piece = 1; piece < outside.count; piece++)
    outside.runsOf(piece, (row, start, end) => data.fill(1, row * width + start, row * width + end));
}

type Corner = readonly [x: number, y: number];

/** Area of the convex hull of a shape's pixels, each a unit square (Andrew's monotone chain over the rows). */
function hullArea({ width, height, data }: Bytes): number {
  const left: Corner[] = [];
  const right: Corner[] = [];
  for (let row = 0; row < height; row++) {
    const line = data.subarray(row * width, (row + 1) * width);
    const [first, last] = [line.indexOf(1), line.lastIndexOf(1)];
    if (first === -1) continue;
    for (const y of [row, row + 1]) {
      extend(left, [first, y], -1);
      extend(right, [last + 1, y], 1);
    }
  }
  const ring = [...left, ...right.reverse()];
  let twice = 0;
  let [x0, y0] = ring.at(-1) ?? [0, 0];
  for (const [x, y] of ring) {
    twice += x0 * y - x * y0;
    [x0, y0] = [x, y];
  }
  return Math.max(1, Math.abs(twice) / 2);
}

/** Adds a corner to one side of the hull, and takes back those that it makes hollow. */
function extend(side: Corner[], corner: Corner, turn: 1 | -1): void {
  for (;;) {
    const [a, b] = [side.at(-2), side.at(-1)];
    if (a === undefined || b === undefined) break;
    const cross = (b[0] - a[0]) * (corner[1] - a[1]) - (b[1] - a[1]) * (corner[0] - a[0]);
    if (cross * turn > 0) break;
    side.pop();
  }
  side.push(corner);
}

import type { Components } from "./components.ts";
import { componentsOf } from "./components.ts";
import { hullArea, hullOfRows } from "./convex-hull.ts";
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
  return { box, filled, area, solidity: area / hullArea(hullOfRows(outerCorners(filled))) };
}

/** What does not hang together with the empty rim lies in a hole. */
function fillHoles({ width, height, data }: Bytes): void {
  const outside = componentsOf({ width, height, data }, 0, true);
  for (let piece = 1; piece < outside.count; piece++)
    outside.runsOf(piece, (row, start, end) => data.fill(1, row * width + start, row * width + end));
}

/** The outer corners of a shape's pixels, each a unit square, row by row. */
function* outerCorners({ width, height, data }: Bytes): Generator<readonly [number, number, number]> {
  for (let row = 0; row < height; row++) {
    const line = data.subarray(row * width, (row + 1) * width);
    const [first, last] = [line.indexOf(1), line.lastIndexOf(1)];
    if (first === -1) continue;
    yield [row, first, last + 1];
    yield [row + 1, first, last + 1];
  }
}

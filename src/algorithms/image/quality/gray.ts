import type { Picture, Plane } from "../picture.ts";

/** So many pixels are read between two pauses: below a millisecond. */
const PIXELS_A_TURN = 200_000;

/**
 * Brightness 0..255 (0.299 R + 0.587 G + 0.114 B, Rec. 601, as OpenCV's) of a picture shrunk to at most `longSide`
 * pixels on its longer side: means over areas, fractions of pixels counted; never enlarged. O(pixels). Yields now and
 * then, so that whoever runs it can let others have a turn.
 */
export function* shrunkGray(picture: Picture, longSide: number): Generator<undefined, Plane> {
  const scale = Math.min(1, longSide / Math.max(picture.width, picture.height));
  const side = (length: number) => Math.max(1, Math.round(scale * length));
  const [width, height] = [side(picture.width), side(picture.height)];
  const columns = shares(picture.width, width);
  const rows = shares(picture.height, height);
  const data = new Float32Array(width * height);
  const line = new Float32Array(width);
  const turn = Math.max(1, Math.floor(PIXELS_A_TURN / picture.width));
  for (let y = 0; y < picture.height; y++) {
    if (y % turn === turn - 1) yield;
    shrinkRow(picture, y, columns, line);
    const share = rows.first[y]!;
    const above = rows.target[y]! * width;
    for (let x = 0; x < width; x++) data[above + x] = data[above + x]! + share * line[x]!;
    const rest = rows.second[y]!;
    if (rest > 0)
      for (let x = 0; x < width; x++) data[above + width + x] = data[above + width + x]! + rest * line[x]!;
  }
  return { width, height, data };
}

/** Which pixel of the shrunk row each pixel falls into, and with what weight into it and into the next. */
interface Shares {
  readonly target: Int32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

function shares(from: number, to: number): Shares {
  const target = new Int32Array(from);
  const first = new Float32Array(from);
  const second = new Float32Array(from);
  for (let at = 0; at < from; at++) {
    const [start, end] = [(at * to) / from, ((at + 1) * to) / from];
    const cell = Math.min(to - 1, Math.floor(start + 1e-9));
    const over = cell === to - 1 ? 0 : Math.max(0, end - (cell + 1));
    target[at] = cell;
    second[at] = over < 1e-9 ? 0 : over;
    first[at] = end - start - second[at]!;
  }
  return { target, first, second };
}

function shrinkRow({ width, data }: Picture, y: number, columns: Shares, line: Float32Array): void {
  const { target, first, second } = columns;
  let at = 3 * y * width;
  let cell = 0;
  let sum = 0;
  let before = 0;
  for (let x = 0; x < width; x++, at += 3) {
    const gray = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
    if (target[x]! !== cell) {
      line[cell] = sum;
      sum = x === 0 ? 0 : second[x - 1]! * before;
      cell = target[x]!;
    }
    sum += first[x]! * gray;
    before = gray;
  }
  line[cell] = sum;
}

/** A plane as `side` x `side` means of its parts, whatever its aspect; parts of less than a pixel repeat it. O(pixels). */
export function squareMeans({ width, height, data }: Plane, side: number): Plane {
  const means = new Float32Array(side * side);
  const edges = (length: number) =>
    Array.from({ length: side }, (_, index) => {
      const from = Math.floor((index * length) / side);
      return [from, Math.max(from + 1, Math.floor(((index + 1) * length) / side))] as const;
    });
  const columns = edges(width);
  for (const [row, [top, bottom]] of edges(height).entries())
    for (const [column, [left, right]] of columns.entries()) {
      let sum = 0;
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += data[y * width + x]!;
      means[row * side + column] = sum / ((bottom - top) * (right - left));
    }
  return { width: side, height: side, data: means };
}

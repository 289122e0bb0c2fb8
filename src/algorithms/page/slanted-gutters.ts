import { componentsOf } from "./components.ts";
import type { PageBox } from "./prepared-page.ts";
import { type Bytes, dilated, eroded } from "./running-extremes.ts";

/** Half of what lies between a screentone's dots at most, pixels of a page 1,000 wide. */
const BETWEEN_DOTS = 2;
/** Half of the widest gutter, as a share of the page's shorter side. */
const WIDEST = 0.015;
/** How far from a side a gutter may end, in its own widths. */
const NEAR = 1;
/** A straight band has hardly a hole between its edges. */
const SOLID = 0.9;

/**
 * Marks bands of paper that run through a rectangle of panels from top to bottom or from side to side, slanted as they
 * are: narrow, wider than what lies between dots, without holes. O(pixels of the cell).
 *
 * @param mask of the page's size: 1 is written on gutters
 */
export function markSlantedGutters(bright: Bytes, cell: PageBox, mask: Uint8Array): void {
  const inside = cutOut(bright, cell);
  const { width, height } = inside;
  const side = Math.min(bright.width, bright.height);
  const thin = Math.max(1, Math.round((BETWEEN_DOTS * side) / 1000));
  const widest = Math.max(thin + 1, Math.round(WIDEST * side));
  const core = eroded(inside, thin);
  const wide = dilated({ width, height, data: eroded(inside, widest) }, widest + 1);
  for (let at = 0; at < core.length; at++) if (wide[at] === 1) core[at] = 0;
  const found = new Uint8Array(core.length);
  const pieces = componentsOf({ width, height, data: core }, 1, true);
  for (let piece = 0; piece < pieces.count; piece++) {
    const box = pieces.boxOf(piece);
    const reach = NEAR * 2 * widest;
    const down = box.y <= reach && box.y + box.height >= height - reach;
    const across = box.x <= reach && box.x + box.width >= width - reach;
    if (!down && !across) continue;
    const runs: [row: number, start: number, end: number][] = [];
    pieces.runsOf(piece, (row, start, end) => runs.push([row, start, end]));
    const area = pieces.areas[piece] as number;
    if (area < SOLID * spanned(runs, down)) continue;
    for (const [row, start, end] of runs) found.fill(1, row * width + start, row * width + end);
  }
  // Back to the width that was eroded, and to the cell's sides.
  const grown = dilated({ width, height, data: found }, thin + 1);
  for (let y = 0; y < height; y++)
    markBoth(grown, inside.data, y * width, mask.subarray((cell.y + y) * bright.width + cell.x), width);
}

/** Marks a row where both planes have it. */
function markBoth(one: Uint8Array, other: Uint8Array, from: number, row: Uint8Array, width: number): void {
  for (let x = 0; x < width; x++) if (one[from + x] === 1 && other[from + x] === 1) row[x] = 1;
}

/** Pixels between the outer edges of runs, along rows or along columns. */
function spanned(
  runs: readonly (readonly [row: number, start: number, end: number])[],
  rows: boolean,
): number {
  const spans = new Map<number, [from: number, to: number]>();
  const widen = (line: number, from: number, to: number) => {
    const span = spans.get(line);
    if (span === undefined) spans.set(line, [from, to]);
    else spans.set(line, [Math.min(span[0], from), Math.max(span[1], to)]);
  };
  for (const [row, start, end] of runs) {
    if (rows) widen(row, start, end);
    else for (let column = start; column < end; column++) widen(column, row, row + 1);
  }
  let pixels = 0;
  for (const [from, to] of spans.values()) pixels += to - from;
  return pixels;
}

function cutOut({ width, data }: Bytes, { x, y, width: across, height: down }: PageBox): Bytes {
  const part = new Uint8Array(across * down);
  for (let row = 0; row < down; row++)
    part.set(data.subarray((y + row) * width + x, (y + row) * width + x + across), row * across);
  return { width: across, height: down, data: part };
}

import type { PageBox } from "./prepared-page.ts";
import type { Bytes } from "./running-extremes.ts";

/** Of a row or column of gutter, at most this share is not paper: dirt, but never both sides of a frame. */
const DIRT = 0.0015;
/** The narrowest gutter, as a share of the page's shorter side. */
const NARROWEST = 0.004;
/** Gutters and margins have at least this share of a page; what has less bleeds off its edges. */
const LEAST_SHARE = 0.01;
const DEEPEST = 8;
/** Within this many gutters' widths of a gutter, on one side at least, a frame or a picture begins... */
const BESIDE = 2;
/** ...along this share of it: white sky between the gaps of a frame has nothing beside it. */
const WALL = 0.4;

/**
 * The rectangles that straight bands of paper, from side to side, leave of a page: its margins are cut off, then it is
 * cut along bands across it, each part along bands down it, and so on (the recursive X-Y cut of Nagy and Seth 1984).
 * White inside of a panel is not cut, as its frame ends the band. O(pixels x depth).
 *
 * @param bright 1 where the page is as white as its paper.
 * @returns null where the page has no straight gutters.
 */
export function panelCells(bright: Bytes): readonly PageBox[] | null {
  const { width, height } = bright;
  const narrowest = Math.max(2, Math.round(NARROWEST * Math.min(width, height)));
  const inner = withoutMargins(bright, { x: 0, y: 0, width, height });
  const cells = cutApart(bright, inner, narrowest, 0);
  const left = cells.reduce((sum, cell) => sum + cell.width * cell.height, 0);
  return left > (1 - LEAST_SHARE) * width * height ? null : cells;
}

function withoutMargins(bright: Bytes, box: PageBox): PageBox {
  const rows = darkOf(bright, box, true);
  const columns = darkOf(bright, box, false);
  const [top, bottom] = ends(rows, DIRT * box.width);
  const [left, right] = ends(columns, DIRT * box.height);
  return { x: box.x + left, y: box.y + top, width: right - left, height: bottom - top };
}

function ends(dark: Int32Array, dirt: number): [from: number, to: number] {
  const from = dark.findIndex((pixels) => pixels > dirt);
  return from === -1 ? [0, 0] : [from, dark.findLastIndex((pixels) => pixels > dirt) + 1];
}

function cutApart(bright: Bytes, box: PageBox, narrowest: number, depth: number): readonly PageBox[] {
  const bands = between(bright, box, true, narrowest);
  const parts = bands.flatMap(([top, bottom]) => {
    const band = { ...box, y: box.y + top, height: bottom - top };
    return between(bright, band, false, narrowest).map(([left, right]) => ({
      ...band,
      x: band.x + left,
      width: right - left,
    }));
  });
  if (parts.length < 2 || depth === DEEPEST) return parts;
  return parts.flatMap((part) => cutApart(bright, part, narrowest, depth + 1));
}

/** The stretches of a box's rows, or columns, that lie between gutters. */
function between(
  bright: Bytes,
  box: PageBox,
  rows: boolean,
  narrowest: number,
): readonly (readonly [from: number, to: number])[] {
  const dark = darkOf(bright, box, rows);
  const across = rows ? box.width : box.height;
  const walled = (from: number, to: number) => {
    const line = rows
      ? { ...box, y: box.y + from, height: to - from }
      : { ...box, x: box.x + from, width: to - from };
    return darkOf(bright, line, !rows).filter((pixels) => pixels > 0).length >= WALL * across;
  };
  const found: [number, number][] = [];
  let start = 0;
  for (let from = 0; from < dark.length; ) {
    const paper = (dark[from] as number) <= DIRT * across;
    let to = from;
    while (to < dark.length && (dark[to] as number) <= DIRT * across === paper) to++;
    const reach = BESIDE * narrowest;
    const inside = paper && from > 0 && to < dark.length && to - from >= narrowest;
    if (
      inside &&
      (walled(Math.max(0, from - reach), from) || walled(to, Math.min(dark.length, to + reach)))
    ) {
      found.push([start, from]);
      start = to;
    }
    from = to;
  }
  if (dark.length > 0) found.push([start, dark.length]);
  return found;
}

/** Pixels that are no paper in each row, or column, of a box. */
function darkOf(
  { width, data }: Bytes,
  { x, y, width: across, height: down }: PageBox,
  rows: boolean,
): Int32Array {
  const dark = new Int32Array(rows ? down : across);
  for (let row = 0; row < down; row++) {
    const from = (y + row) * width + x;
    for (let column = 0; column < across; column++) {
      const line = rows ? row : column;
      dark[line] = (dark[line] as number) + 1 - (data[from + column] as number);
    }
  }
  return dark;
}

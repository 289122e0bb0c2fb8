import type { Point } from "../image/external-contours.ts";
import type { Mask } from "../image/picture.ts";
import { type Components, componentsOf } from "./components.ts";
import { eachHullRow, hullOfRows } from "./convex-hull.ts";
import { panelCells } from "./panel-cells.ts";
import type { PageBox } from "./prepared-page.ts";
import { type Bytes, dilated, eroded } from "./running-extremes.ts";
import { markSlantedGutters } from "./slanted-gutters.ts";

/** A frame of margins has much less area than its box; a white page behind one figure has not. */
const MOST_OF_BOX = 0.6;
/** A white band from side to side of a strip is a gutter however full its box. */
const SMALLEST_SHARE = 0.001;
/** A gutter or a margin runs along so much of the page at least, one way or the other. */
const LEAST_REACH = 0.3;
/** Half of the widest margin, as a share of the page's shorter side: what is wider is sky, snow or a wall. */
const WIDEST_MARGIN = 0.05;
/** So much of a piece may be wider: where margins meet, and where a cloud runs out into one. */
const MOST_WIDE = 0.3;
/** Half of the widest gutter between panels, as a share of the page's shorter side. */
const WIDEST = 0.015;

/**
 * Gutters and margins. Where straight bands of paper cut the page into rectangles: all paper outside of these, and the
 * slanted bands that run through them. Elsewhere, bright pieces that touch the page's border and fill little of their box, and bands that
 * go from one side to the other. Where a panel has no frame, the white in it is one with the gutter: inside of a
 * panel's convex hull only what is narrow counts, as slanted gutters are.
 *
 * Source: spec/colorization.md section 5, step 2.
 *
 * @param bright 1 where the page is as white as its paper.
 * @param outlines of the page's panels.
 */
export function gutterMask(bright: Bytes, outlines: readonly (readonly Point[])[], pageArea: number): Mask {
  const cells = panelCells(bright);
  if (cells !== null && cells.length > 0) return aroundCells(bright, cells);
  const { width, height } = bright;
  const data = new Uint8Array(width * height);
  const pieces = componentsOf(bright, 1, false);
  const wide = wideParts(bright);
  for (let piece = 0; piece < pieces.count; piece++) {
    const box = pieces.boxOf(piece);
    const area = pieces.areas[piece] as number;
    if (area < SMALLEST_SHARE * pageArea || !touchesBorder(box, width, height)) continue;
    if (area > MOST_OF_BOX * box.width * box.height && !isBand(box, width, height)) continue;
    if (box.width < LEAST_REACH * width && box.height < LEAST_REACH * Math.min(height, width)) continue;
    if (shareIn({ width, height, data: wide }, pieces, piece) > MOST_WIDE) continue;
    pieces.runsOf(piece, (row, start, end) => data.fill(1, row * width + start, row * width + end));
  }
  const inside = inHulls(outlines, width, height);
  for (let at = 0; at < inside.length; at++) inside[at] = (inside[at] as number) & (data[at] as number);
  const radius = Math.max(1, Math.round(WIDEST * Math.min(width, height)));
  const open = dilated({ width, height, data: eroded({ width, height, data: inside }, radius) }, radius + 1);
  for (let at = 0; at < data.length; at++) if (inside[at] === 1 && open[at] === 1) data[at] = 0;
  return { width, height, data };
}

/** Share of a piece's pixels that a plane of 0 and 1 has set. */
function shareIn({ width, data }: Bytes, pieces: Components, piece: number): number {
  let set = 0;
  pieces.runsOf(piece, (row, start, end) => {
    for (let at = row * width + start; at < row * width + end; at++) set += data[at] as number;
  });
  return set / (pieces.areas[piece] as number);
}

/**
 * 1 where paper is wider than margins are, but for rows and columns that are paper from end to end: those lie between
 * panels, however far apart a strip has them. On a page that bleeds off its edges it is what is drawn white.
 */
function wideParts(bright: Bytes): Uint8Array {
  const { width, height } = bright;
  const radius = Math.round(WIDEST_MARGIN * Math.min(width, height));
  const wide = dilated({ width, height, data: eroded(bright, radius) }, radius);
  const [rows, columns] = [new Uint8Array(height).fill(1), new Uint8Array(width).fill(1)];
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++)
      if (bright.data[at] === 0) {
        rows[y] = 0;
        columns[x] = 0;
      }
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) if (rows[y] === 1 || columns[x] === 1) wide[at] = 0;
  return wide;
}

function aroundCells(bright: Bytes, cells: readonly PageBox[]): Mask {
  const { width, height } = bright;
  const data = bright.data.slice();
  for (const { x, y, width: across, height: down } of cells)
    for (let row = y; row < y + down; row++) data.fill(0, row * width + x, row * width + x + across);
  for (const cell of cells) markSlantedGutters(bright, cell, data);
  return { width, height, data };
}

function inHulls(outlines: readonly (readonly Point[])[], width: number, height: number): Uint8Array {
  const inside = new Uint8Array(width * height);
  for (const outline of outlines) {
    const rows = new Map<number, [number, number, number]>();
    for (const [x, y] of outline) {
      const row = rows.get(y);
      if (row === undefined) rows.set(y, [y, x, x]);
      else rows.set(y, [y, Math.min(row[1], x), Math.max(row[2], x)]);
    }
    const downwards = [...rows.values()].sort((a, b) => a[0] - b[0]);
    eachHullRow(hullOfRows(downwards), (y, left, right) =>
      inside.fill(1, y * width + left, y * width + right + 1),
    );
  }
  return inside;
}

function touchesBorder({ x, y, width, height }: PageBox, pageWidth: number, pageHeight: number): boolean {
  return x === 0 || y === 0 || x + width === pageWidth || y + height === pageHeight;
}

function isBand(box: PageBox, pageWidth: number, pageHeight: number): boolean {
  const across = box.width === pageWidth && box.height < pageHeight / 2;
  const down = box.height === pageHeight && box.width < pageWidth / 2;
  return across || down;
}

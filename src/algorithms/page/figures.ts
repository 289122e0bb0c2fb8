import { componentsOf } from "./components.ts";
import type { PageBox } from "./prepared-page.ts";
import type { Bytes } from "./running-extremes.ts";

/** Drawn pixels are gathered in cells of so many pixels: gaps of a line narrower than that close. */
const CELL = 4;
const MOST = 50;
const LEAST_SHARE = 0.002;

export interface FigurePlanes {
  readonly gray: Bytes;
  /** 1 on gutters, and on what is kept as text. */
  readonly gutter: Uint8Array;
  readonly text: Uint8Array;
  readonly panels: readonly PageBox[];
  readonly pageArea: number;
  /** As white as paper, gray level. */
  readonly white: number;
}

/** The largest connected drawn things inside panels, largest first; a panel's own frame is left out. O(pixels). */
export function figuresOf(planes: FigurePlanes): PageBox[] {
  const { panels, pageArea } = planes;
  const found: { box: PageBox; area: number }[] = [];
  for (const panel of panels) {
    const cells = drawnCells(planes, panel);
    if (cells === null) continue;
    const pieces = componentsOf(cells.plane, 1, true);
    for (let piece = 0; piece < pieces.count; piece++) {
      const area = (pieces.areas[piece] as number) * CELL * CELL;
      if (area < LEAST_SHARE * pageArea) continue;
      const box = pieces.boxOf(piece);
      found.push({ box: inPage(box, cells.x, cells.y, planes.gray), area });
    }
  }
  found.sort((a, b) => b.area - a.area || a.box.y - b.box.y || a.box.x - b.box.x);
  return found.slice(0, MOST).map(({ box }) => box);
}

function inPage(box: PageBox, x: number, y: number, page: Bytes): PageBox {
  const [left, top] = [x + box.x * CELL, y + box.y * CELL];
  return {
    x: left,
    y: top,
    width: Math.min(page.width - left, box.width * CELL),
    height: Math.min(page.height - top, box.height * CELL),
  };
}

/** 1 where a cell of a panel has something drawn; null for a panel that is all frame. */
function drawnCells(
  { gray, gutter, text, white }: FigurePlanes,
  panel: PageBox,
): { plane: Bytes; x: number; y: number } | null {
  const frame = Math.max(2, Math.round(Math.min(panel.width, panel.height) * 0.02));
  const [x, y] = [panel.x + frame, panel.y + frame];
  const width = Math.floor((panel.width - 2 * frame) / CELL);
  const height = Math.floor((panel.height - 2 * frame) / CELL);
  if (width < 1 || height < 1) return null;
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height * CELL; row++)
    for (let column = 0; column < width * CELL; column++) {
      const at = (y + row) * gray.width + x + column;
      if ((gray.data[at] as number) < white - 20 && gutter[at] === 0 && text[at] === 0)
        data[Math.floor(row / CELL) * width + Math.floor(column / CELL)] = 1;
    }
  return { plane: { width, height, data }, x, y };
}

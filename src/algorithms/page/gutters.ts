import type { Mask } from "../image/picture.ts";
import { componentsOf } from "./components.ts";
import type { PageBox } from "./prepared-page.ts";
import type { Bytes } from "./running-extremes.ts";

/** A frame of margins has much less area than its box; a white page behind one figure has not. */
const MOST_OF_BOX = 0.6;
/** A white band from side to side of a strip is a gutter however full its box. */
const SMALLEST_SHARE = 0.001;

/**
 * Gutters and margins: bright pieces that touch the page's border and fill little of their box, and bands that
 * go from one side to the other. Pixels inside of a panel's box count only as far as the piece is narrow there, which
 * the panels' own outlines see to.
 *
 * Source: spec/colorization.md section 5, step 2.
 *
 * @param bright 1 where the page is as white as its paper.
 */
export function gutterMask(bright: Bytes, pageArea: number): Mask {
  const { width, height } = bright;
  const data = new Uint8Array(width * height);
  const pieces = componentsOf(bright, 1, false);
  for (let piece = 0; piece < pieces.count; piece++) {
    const box = pieces.boxOf(piece);
    const area = pieces.areas[piece] as number;
    if (area < SMALLEST_SHARE * pageArea || !touchesBorder(box, width, height)) continue;
    if (area > MOST_OF_BOX * box.width * box.height && !isBand(box, width, height)) continue;
    pieces.runsOf(piece, (row, start, end) => data.fill(1, row * width + start, row * width + end));
  }
  return { width, height, data };
}

function touchesBorder({ x, y, width, height }: PageBox, pageWidth: number, pageHeight: number): boolean {
  return x === 0 || y === 0 || x + width === pageWidth || y + height === pageHeight;
}

function isBand(box: PageBox, pageWidth: number, pageHeight: number): boolean {
  const across = box.width === pageWidth && box.height < pageHeight / 2;
  const down = box.height === pageHeight && box.width < pageWidth / 2;
  return across || down;
}

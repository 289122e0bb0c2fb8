import { externalContours, type Point } from "../image/external-contours.ts";
import type { Mask } from "../image/picture.ts";
import { byteTable, translated } from "./byte-table.ts";
import type { PageBox } from "./prepared-page.ts";
import { closed } from "./running-extremes.ts";

const WHITE = 200;
/** 255 where a page is dark. */
const DARK = byteTable((value) => (value > WHITE ? 0 : 255));
/** 1 where anything is. */
const ANY = byteTable((value) => (value === 0 ? 0 : 1));
const LEAST_SHARE = 0.02;
const MOST_SHARE = 0.95;

/**
 * The boxes of a page's panels, sorted by y and then x: threshold 200 inverse, closed by 3 x 3, external contours
 * whose boxes have 2 to 95 % of the page (spec/colorization.md section 3, "Phase C"). A page without any is one panel.
 *
 * @param gray bytes, `[height, width]`.
 * @param pageArea what "the page" is; of a strip, less than all of it.
 */
export function panelsOf(gray: Mask, pageArea: number): PageBox[] {
  return panelBoxes(panelOutlines(gray, pageArea), gray);
}

/** The boxes around outlines, sorted by y and then x; without any, the whole page. */
export function panelBoxes(
  outlines: readonly (readonly Point[])[],
  { width, height }: { readonly width: number; readonly height: number },
): PageBox[] {
  if (outlines.length === 0) return [{ x: 0, y: 0, width, height }];
  return outlines.map(boxAround).sort((a, b) => a.y - b.y || a.x - b.x);
}

/** The outlines that {@link panelsOf} puts boxes around; pixels. O(pixels). */
export function panelOutlines(gray: Mask, pageArea: number): (readonly Point[])[] {
  const { width, height } = gray;
  const dark = { width, height, data: translated(gray.data, DARK) };
  const data = translated(closed(dark, 1), ANY);
  const outlines: (readonly Point[])[] = [];
  for (const contour of externalContours({ width, height, data })) {
    const box = boxAround(contour);
    const area = box.width * box.height;
    if (area >= LEAST_SHARE * pageArea && area <= MOST_SHARE * width * height) outlines.push(contour);
  }
  return outlines;
}

function boxAround(points: readonly Point[]): PageBox {
  let [left, top] = points[0] ?? [0, 0];
  let [right, bottom] = [left, top];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

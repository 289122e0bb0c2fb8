import type { Box } from "../manifest.ts";
import type { Problems } from "./problems.ts";

/** By how many pixels a box may stick out without a word: rounding of the tools that wrote it. */
const SLACK = 1;

/**
 * A box cut to its picture. Where there is nothing left, or a number is none, it is dropped; both are problems.
 * @param box in pixels
 * @returns null for a box that is dropped
 */
export function clipBox(
  box: Box,
  picture: { readonly path: string; readonly width: number; readonly height: number },
  problems: Problems,
): Box | null {
  const { x, y, width, height } = box;
  if (![x, y, width, height, x + width, y + height].every(Number.isFinite)) {
    problems.add(
      "box_not_numbers",
      picture.path,
      "A box has coordinates that are no numbers: it is left out",
    );
    return null;
  }
  const left = Math.max(0, x);
  const top = Math.max(0, y);
  const right = Math.min(picture.width, x + width);
  const bottom = Math.min(picture.height, y + height);
  if (!(width > 0 && height > 0)) {
    problems.add("box_empty", picture.path, "A box has no area: it is left out");
    return null;
  }
  if (right <= left || bottom <= top) {
    problems.add("box_outside", picture.path, `${spoken(box, picture)} lies outside: it is left out`);
    return null;
  }
  const out = Math.max(-x, -y, x + width - picture.width, y + height - picture.height);
  if (out > SLACK) problems.add("box_clipped", picture.path, `${spoken(box, picture)} sticks out: it is cut`);
  if (out <= 0) return box;
  return { label: box.label, x: left, y: top, width: right - left, height: bottom - top };
}

function spoken({ x, y, width, height }: Box, picture: { width: number; height: number }): string {
  const numbers = [x, y, width, height].map((value) => Math.round(value * 100) / 100).join(", ");
  return `The box (${numbers}) of a picture of ${picture.width} x ${picture.height}`;
}

import type { Picture } from "../image/picture.ts";
import { cannyEdges } from "./canny.ts";
import type { Bytes } from "./running-extremes.ts";

const LOW = 50;
const HIGH = 150;

/** OpenCV's `cvtColor(..., COLOR_RGB2GRAY)` of bytes: fixed point with 15 bits of fraction. */
export function grayOf({ width, height, data }: Picture): Bytes {
  const gray = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < gray.length; pixel++, at += 3) {
    const weighed =
      9798 * (data[at] as number) + 19235 * (data[at + 1] as number) + 3735 * (data[at + 2] as number);
    gray[pixel] = (weighed + 16384) >> 15;
  }
  return { width, height, data: gray };
}

/**
 * A page's lines for the structure check: 3 x 3 Gaussian, Canny 50/150, dilated by 2 x 2
 * (spec/colorization.md section 3, "Phase C"); pixel for pixel what OpenCV's functions yield. 1 on lines.
 */
export function pageLines(gray: Bytes): Uint8Array {
  const { width, height } = gray;
  const edges = cannyEdges({ width, height, data: smoothed(gray) }, LOW, HIGH);
  const lines = new Uint8Array(edges.length);
  for (let y = 0; y < height; y++) thicken(edges, width, y, lines);
  return lines;
}

/** One row of a dilation by 2 x 2: an even kernel's anchor is its lower right pixel. */
function thicken(edges: Uint8Array, width: number, y: number, lines: Uint8Array): void {
  const line = y * width;
  const above = y === 0 ? line : line - width;
  let west = 0;
  for (let x = 0; x < width; x++) {
    const here = (edges[line + x] as number) | (edges[above + x] as number);
    lines[line + x] = here | west;
    west = here;
  }
}

/** 1 2 1 along both axes, mirrored at the edges without repeating them; rounded once. */
function smoothed(gray: Bytes): Uint8Array {
  const { height, data } = gray;
  const across = new Uint16Array(data.length);
  for (let y = 0; y < height; y++) smoothAcross(gray, y, across);
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) smoothDown(across, gray, y, result);
  return result;
}

function smoothAcross({ width, data }: Bytes, y: number, across: Uint16Array): void {
  const line = y * width;
  for (let x = 0; x < width; x++) {
    const left = data[line + mirrored(x - 1, width)] as number;
    const right = data[line + mirrored(x + 1, width)] as number;
    across[line + x] = left + 2 * (data[line + x] as number) + right;
  }
}

function smoothDown(across: Uint16Array, { width, height }: Bytes, y: number, result: Uint8Array): void {
  const line = y * width;
  const above = mirrored(y - 1, height) * width;
  const below = mirrored(y + 1, height) * width;
  for (let x = 0; x < width; x++) {
    const sum =
      (across[above + x] as number) + 2 * (across[line + x] as number) + (across[below + x] as number);
    result[line + x] = (sum + 8) >> 4;
  }
}

function mirrored(at: number, length: number): number {
  if (length === 1) return 0;
  if (at < 0) return -at;
  return at >= length ? 2 * length - 2 - at : at;
}

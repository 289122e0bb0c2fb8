import type { Picture, Plane } from "../picture.ts";

/** Brightness 0..255 of each pixel: 0.299 R + 0.587 G + 0.114 B, not rounded (Rec. 601, as OpenCV's). O(pixels). */
export function grayOf({ width, height, data }: Picture): Plane {
  const gray = new Float32Array(width * height);
  for (let pixel = 0, at = 0; pixel < gray.length; pixel++, at += 3)
    gray[pixel] = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
  return { width, height, data: gray };
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

import type { Plane } from "../picture.ts";

/**
 * Variance of the Laplacian (4 neighbours, mirrored at the border): high where edges are sharp. The same number as
 * OpenCV's `cv2.Laplacian(gray, cv2.CV_64F).var()`. Sides of at least 2 pixels. O(pixels).
 * Source: Pech-Pacheco et al., Diatom autofocusing in brightfield microscopy, 2000.
 */
export function laplacianVariance({ width, height, data }: Plane): number {
  let sum = 0;
  let squares = 0;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const above = (y === 0 ? Math.min(1, height - 1) : y - 1) * width;
    const below = (y === height - 1 ? Math.max(0, height - 2) : y + 1) * width;
    for (let x = 0; x < width; x++) {
      const left = x === 0 ? Math.min(1, width - 1) : x - 1;
      const right = x === width - 1 ? Math.max(0, width - 2) : x + 1;
      const value =
        data[above + x]! + data[below + x]! + data[row + left]! + data[row + right]! - 4 * data[row + x]!;
      sum += value;
      squares += value * value;
    }
  }
  const count = width * height;
  return Math.max(0, squares / count - (sum / count) ** 2);
}

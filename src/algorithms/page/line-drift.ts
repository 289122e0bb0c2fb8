import type { Bytes } from "./running-extremes.ts";

/**
 * The pixels of `lines` that lie further than `tolerance` pixels (Euclidean) from every pixel of `others`: 1 there.
 * Exact, as a distance transform would say; O(pixels + pixels of lines x tolerance).
 */
export function beyond(lines: Bytes, others: Bytes, tolerance: number): Uint8Array {
  const { width, height, data } = lines;
  const down = columnDistances(others, tolerance + 1);
  const far = new Uint8Array(data.length);
  const limit = tolerance * tolerance;
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++)
      if (data[at] === 1 && !isNear(down, at, [x, width], tolerance, limit)) far[at] = 1;
  return far;
}

function isNear(
  down: Uint8Array,
  at: number,
  [x, width]: readonly [x: number, width: number],
  tolerance: number,
  limit: number,
): boolean {
  const left = Math.max(-tolerance, -x);
  const right = Math.min(tolerance, width - 1 - x);
  for (let step = left; step <= right; step++) {
    const distance = down[at + step] as number;
    if (step * step + distance * distance <= limit) return true;
  }
  return false;
}

/** Distance to the nearest set pixel of the same column, at most `most`. */
function columnDistances({ width, height, data }: Bytes, most: number): Uint8Array {
  const distances = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at++) {
    const above = at < width ? most : (distances[at - width] as number) + 1;
    distances[at] = data[at] === 1 ? 0 : Math.min(most, above);
  }
  for (let at = (height - 1) * width - 1; at >= 0; at--) {
    const below = (distances[at + width] as number) + 1;
    if (below < (distances[at] as number)) distances[at] = below;
  }
  return distances;
}

/** Everything within `reach` pixels (Euclidean) of a set pixel: 1 there. */
export function surroundings(plane: Bytes, reach: number): Uint8Array {
  if (!plane.data.includes(1)) return new Uint8Array(plane.data.length);
  const everywhere = { ...plane, data: new Uint8Array(plane.data.length).fill(1) };
  const far = beyond(everywhere, plane, reach);
  for (let at = 0; at < far.length; at++) far[at] = 1 - (far[at] as number);
  return far;
}

import type { Bytes } from "./running-extremes.ts";

/**
 * The pixels of `lines` that lie further than `tolerance` pixels (Euclidean) from every pixel of `others`: 1 there.
 * Exact, as a distance transform would say; O(pixels).
 */
export function beyond(lines: Bytes, others: Bytes, tolerance: number): Uint8Array {
  const far = surroundings(others, tolerance);
  const { data } = lines;
  for (let at = 0; at < far.length; at++) far[at] = data[at] === 1 && far[at] === 0 ? 1 : 0;
  return far;
}

/** Everything within `reach` pixels (Euclidean) of a set pixel: 1 there. O(pixels). */
export function surroundings(plane: Bytes, reach: number): Uint8Array {
  const { width, data } = plane;
  const near = new Uint8Array(data.length);
  if (!data.includes(1)) return near;
  const distances = columnDistances(plane, reach + 1);
  // How far along its row a pixel reaches whose column has something that near.
  const spans = Int32Array.from({ length: reach + 1 }, (_, down) => Math.sqrt(reach * reach - down * down));
  // Spans that begin, less those that have ended: their running sum is above 0 inside of any.
  const edges = new Int32Array(width + 1);
  for (let from = 0; from < near.length; from += width)
    if (openSpans(distances.subarray(from, from + width), spans, edges)) markSpans(edges, near, from);
  return near;
}

/** Notes where spans begin and end that a row's pixels reach; whether there are any. */
function openSpans(distances: Uint8Array, spans: Int32Array, edges: Int32Array): boolean {
  const width = distances.length;
  let some = false;
  for (let x = 0; x < width; x++) {
    const down = distances[x] as number;
    if (down >= spans.length) continue;
    some = true;
    const span = spans[down] as number;
    const left = x > span ? x - span : 0;
    const right = x + span < width ? x + span + 1 : width;
    edges[left] = (edges[left] as number) + 1;
    edges[right] = (edges[right] as number) - 1;
  }
  return some;
}

/** Marks a row inside of spans, and forgets these. */
function markSpans(edges: Int32Array, near: Uint8Array, from: number): void {
  let open = 0;
  for (let x = 0; x + 1 < edges.length; x++) {
    open += edges[x] as number;
    if (open > 0) near[from + x] = 1;
  }
  edges.fill(0);
}

/** Distance to the nearest set pixel of the same column, at most `most`. */
function columnDistances({ width, height, data }: Bytes, most: number): Uint8Array {
  const distances = new Uint8Array(data.length);
  for (let x = 0; x < width; x++) distances[x] = data[x] === 1 ? 0 : most;
  for (let y = 1; y < height; y++) goDown(distances, data, y * width, width, most);
  for (let y = height - 2; y >= 0; y--) goUp(distances, y * width, width);
  return distances;
}

function goDown(distances: Uint8Array, data: Uint8Array, from: number, width: number, most: number): void {
  for (let at = from; at < from + width; at++) {
    const above = (distances[at - width] as number) + 1;
    distances[at] = data[at] === 1 ? 0 : above < most ? above : most;
  }
}

function goUp(distances: Uint8Array, from: number, width: number): void {
  for (let at = from; at < from + width; at++) {
    const below = (distances[at + width] as number) + 1;
    if (below < (distances[at] as number)) distances[at] = below;
  }
}

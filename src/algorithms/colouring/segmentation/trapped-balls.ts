import type { AnalysisView } from "../analysis/analysis-view.ts";

/** Where balls of falling size lie that ink keeps apart. */
export interface TrappedBalls {
  /** Piece of each pixel, -1 where colour does not belong; ink belongs to a piece beside it. */
  readonly pieces: Int32Array;
  readonly count: number;
  /** One pixel inside each piece, far from its edge. */
  readonly centres: Int32Array;
}

const INK = 0.4;
const NOBODY = -1;
/** Chamfer steps: 3 straight, 4 diagonal, so a distance is in thirds of a pixel. */
const STRAIGHT = 3;
const DIAGONAL = 4;

/**
 * Parts of a drawing, with open outlines closed: balls that are rolled between the lines cannot leave through a gap
 * narrower than they are (Zhang et al. 2009, "Vectorizing cartoon animations", trapped-ball segmentation). Large
 * balls first. O(pixels x radii).
 *
 * @param radii of the balls, pixels, falling
 */
export function trappedBalls(view: AnalysisView, radii: readonly number[]): TrappedBalls {
  const { height, free } = view;
  const pieces = new Int32Array(free.length).fill(NOBODY);
  const centres: number[] = [];
  const open = new Uint8Array(free.length);
  const queue = new Int32Array(free.length);
  for (const radius of radii) {
    for (let y = 0; y < height; y++) markOpen(view, pieces, y, open);
    const distances = wallDistances(open, view);
    const first = centres.length;
    collectCores({ distances, pieces, queue, view, least: radius * STRAIGHT, centres });
    if (centres.length > first)
      grow({ pieces, queue, view, inside: open, from: first, steps: Math.ceil(radius) });
  }
  if (centres.length > 0)
    grow({ pieces, queue, view, inside: free, from: 0, steps: Number.POSITIVE_INFINITY });
  return { pieces, count: centres.length, centres: Int32Array.from(centres) };
}

/** 1 where a row is neither ink nor somebody's. */
function markOpen({ width, ink, free }: AnalysisView, pieces: Int32Array, y: number, open: Uint8Array): void {
  const end = (y + 1) * width;
  for (let at = y * width; at < end; at++)
    open[at] = free[at] === 1 && (ink[at] as number) < INK && pieces[at] === NOBODY ? 1 : 0;
}

interface Cores {
  readonly distances: Int32Array;
  readonly pieces: Int32Array;
  readonly queue: Int32Array;
  readonly view: AnalysisView;
  readonly least: number;
  readonly centres: number[];
}

/** Numbers the connected places where a ball's centre may lie. */
function collectCores(cores: Cores): void {
  const { distances, pieces, queue, least, centres } = cores;
  for (let start = 0; start < distances.length; start++) {
    if ((distances[start] as number) <= least || pieces[start] !== NOBODY) continue;
    const piece = centres.length;
    let end = 0;
    let deepest = start;
    pieces[start] = piece;
    queue[end++] = start;
    for (let at = 0; at < end; at++) {
      const pixel = queue[at] as number;
      if ((distances[pixel] as number) > (distances[deepest] as number)) deepest = pixel;
      end = visit(cores, pixel, piece, end);
    }
    centres.push(deepest);
  }
}

/** Numbers the neighbours of a pixel where a centre may lie too. @returns the queue's new end */
function visit(
  { distances, pieces, queue, view, least }: Cores,
  pixel: number,
  piece: number,
  end: number,
): number {
  const { width } = view;
  const x = pixel % width;
  let last = end;
  for (let side = 0; side < 4; side++) {
    const next = beside(pixel, side, x, width, pieces.length);
    if (next < 0 || (distances[next] as number) <= least || pieces[next] !== NOBODY) continue;
    pieces[next] = piece;
    queue[last++] = next;
  }
  return last;
}

interface Growth {
  readonly pieces: Int32Array;
  readonly queue: Int32Array;
  readonly view: AnalysisView;
  readonly inside: Uint8Array;
  /** Only pieces from this number on grow. */
  readonly from: number;
  readonly steps: number;
}

/** Pieces take the nobody's pixels around them, all at the same speed. */
function grow(growth: Growth): void {
  const { pieces, queue, from, steps } = growth;
  let end = 0;
  for (let pixel = 0; pixel < pieces.length; pixel++)
    if ((pieces[pixel] as number) >= from) queue[end++] = pixel;
  let ring = end;
  let step = 0;
  for (let at = 0; at < end; at++) {
    if (at === ring) {
      if (++step >= steps) return;
      ring = end;
    }
    end = takeAround(growth, queue[at] as number, end);
  }
}

/** A pixel's piece takes its neighbours. @returns the queue's new end */
function takeAround({ pieces, queue, view: { width }, inside }: Growth, pixel: number, end: number): number {
  const piece = pieces[pixel] as number;
  const x = pixel % width;
  let last = end;
  for (let side = 0; side < 4; side++) {
    const next = beside(pixel, side, x, width, pieces.length);
    if (next < 0 || inside[next] !== 1 || pieces[next] !== NOBODY) continue;
    pieces[next] = piece;
    queue[last++] = next;
  }
  return last;
}

/** The pixel left, right, above or below; -1 where the plane ends. */
function beside(pixel: number, side: number, x: number, width: number, pixels: number): number {
  if (side === 0) return x > 0 ? pixel - 1 : -1;
  if (side === 1) return x + 1 < width ? pixel + 1 : -1;
  if (side === 2) return pixel - width;
  return pixel + width < pixels ? pixel + width : -1;
}

/** Distance of each open pixel to the nearest closed one, in thirds of a pixel; the edge of the plane is no wall. */
function wallDistances(open: Uint8Array, { width, height }: AnalysisView): Int32Array {
  // A rim of pixels that are farther than any other spares every look-up the question whether it lies on the plane.
  const far = STRAIGHT * (width + height);
  const stride = width + 2;
  const framed = new Int32Array(stride * (height + 2)).fill(2 * far);
  for (let y = 0; y < height; y++) {
    const line = (y + 1) * stride + 1;
    for (let x = 0; x < width; x++) framed[line + x] = far * (open[y * width + x] as number);
  }
  for (let y = 1; y <= height; y++) relaxForth(framed, y * stride + 1, width, stride);
  for (let y = height; y > 0; y--) relaxBack(framed, y * stride + 1, width, stride);
  const distances = new Int32Array(open.length);
  for (let y = 0; y < height; y++) {
    const line = (y + 1) * stride + 1;
    distances.set(framed.subarray(line, line + width), y * width);
  }
  return distances;
}

function relaxForth(framed: Int32Array, from: number, width: number, stride: number): void {
  for (let at = from; at < from + width; at++) relax(framed, at, -1, -stride);
}

function relaxBack(framed: Int32Array, from: number, width: number, stride: number): void {
  for (let at = from + width - 1; at >= from; at--) relax(framed, at, 1, stride);
}

/** A pixel is no farther from a wall than its neighbours and the step to them. The rim stays as far as it was. */
function relax(framed: Int32Array, at: number, beside: number, above: number): void {
  let best = framed[at] as number;
  if (best === 0) return;
  const straight = Math.min(framed[at + beside] as number, framed[at + above] as number) + STRAIGHT;
  const diagonal =
    Math.min(framed[at + above + beside] as number, framed[at + above - beside] as number) + DIAGONAL;
  if (straight < best) best = straight;
  if (diagonal < best) best = diagonal;
  framed[at] = best;
}

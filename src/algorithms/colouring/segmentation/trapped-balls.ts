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
  const { ink, free } = view;
  const pieces = new Int32Array(free.length).fill(NOBODY);
  const centres: number[] = [];
  const open = new Uint8Array(free.length);
  const queue = new Int32Array(free.length);
  for (const radius of radii) {
    for (let pixel = 0; pixel < open.length; pixel++)
      open[pixel] = free[pixel] === 1 && (ink[pixel] as number) < INK && pieces[pixel] === NOBODY ? 1 : 0;
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

interface Cores {
  readonly distances: Int32Array;
  readonly pieces: Int32Array;
  readonly queue: Int32Array;
  readonly view: AnalysisView;
  readonly least: number;
  readonly centres: number[];
}

/** Numbers the connected places where a ball's centre may lie. */
function collectCores({ distances, pieces, queue, view, least, centres }: Cores): void {
  const { width } = view;
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
      const x = pixel % width;
      const visit = (next: number) => {
        if ((distances[next] as number) <= least || pieces[next] !== NOBODY) return;
        pieces[next] = piece;
        queue[end++] = next;
      };
      if (x > 0) visit(pixel - 1);
      if (x + 1 < width) visit(pixel + 1);
      if (pixel >= width) visit(pixel - width);
      if (pixel + width < pieces.length) visit(pixel + width);
    }
    centres.push(deepest);
  }
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
function grow({ pieces, queue, view: { width }, inside, from, steps }: Growth): void {
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
    const pixel = queue[at] as number;
    const piece = pieces[pixel] as number;
    const x = pixel % width;
    const visit = (next: number) => {
      if (inside[next] !== 1 || pieces[next] !== NOBODY) return;
      pieces[next] = piece;
      queue[end++] = next;
    };
    if (x > 0) visit(pixel - 1);
    if (x + 1 < width) visit(pixel + 1);
    if (pixel >= width) visit(pixel - width);
    if (pixel + width < pieces.length) visit(pixel + width);
  }
}

/** Distance of each open pixel to the nearest closed one, in thirds of a pixel; the edge of the plane is no wall. */
function wallDistances(open: Uint8Array, { width, height }: AnalysisView): Int32Array {
  const far = STRAIGHT * (width + height);
  const distances = Int32Array.from(open, (inside) => (inside === 1 ? far : 0));
  const relax = (pixel: number, x: number, step: number) => {
    if (distances[pixel] === 0) return;
    let best = distances[pixel] as number;
    const beside = pixel - step;
    const above = pixel - step * width;
    const inX = step > 0 ? x > 0 : x + 1 < width;
    const otherX = step > 0 ? x + 1 < width : x > 0;
    const inY = above >= 0 && above < open.length;
    if (inX) best = Math.min(best, (distances[beside] as number) + STRAIGHT);
    if (inY) best = Math.min(best, (distances[above] as number) + STRAIGHT);
    if (inY && inX) best = Math.min(best, (distances[above - step] as number) + DIAGONAL);
    if (inY && otherX) best = Math.min(best, (distances[above + step] as number) + DIAGONAL);
    distances[pixel] = best;
  };
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) relax(y * width + x, x, 1);
  for (let y = height - 1; y >= 0; y--) for (let x = width - 1; x >= 0; x--) relax(y * width + x, x, -1);
  return distances;
}

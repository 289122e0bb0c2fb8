import type { Bytes } from "./running-extremes.ts";

const CANDIDATE = 1;
const EDGE = 2;
/** tan(22.5 degrees) in 15 bits of fraction, as OpenCV rounds it. */
const TAN_22 = 13573;

/** Gradients by Sobel's 3 x 3, the edge pixels going on outside; magnitudes |dx| + |dy|. */
interface Gradients {
  readonly width: number;
  readonly height: number;
  readonly dx: Int16Array;
  readonly dy: Int16Array;
  readonly magnitude: Int16Array;
}

/**
 * Edges as OpenCV's `Canny(gray, low, high)` finds them (aperture 3, L1 gradient): 1 on edges, `[height, width]`.
 * O(pixels), about 10 bytes a pixel.
 *
 * Source: Canny, A Computational Approach to Edge Detection, 1986; OpenCV's rounding of directions.
 */
export function cannyEdges(gray: Bytes, low: number, high: number): Uint8Array {
  const { width, height } = gray;
  const states = new Uint8Array(width * height);
  const gradients = gradientsOf(gray);
  const strong: number[] = [];
  for (let y = 0; y < height; y++) markRidges(gradients, y, { low, high }, states, strong);
  spread(states, strong, width, height);
  for (let at = 0; at < states.length; at++) states[at] = (states[at] as number) >> 1;
  return states;
}

/** One row's ridges: states, and the strong ones also as places. */
function markRidges(
  gradients: Gradients,
  y: number,
  { low, high }: { readonly low: number; readonly high: number },
  states: Uint8Array,
  strong: number[],
): void {
  const { width, magnitude } = gradients;
  for (let x = 0, at = y * width; x < width; x++, at++) {
    const own = magnitude[at] as number;
    if (own <= low || !isRidge(gradients, x, y)) continue;
    states[at] = own > high ? EDGE : CANDIDATE;
    if (own > high) strong.push(at);
  }
}

function gradientsOf(gray: Bytes): Gradients {
  const { width, height } = gray;
  const [dx, dy, magnitude] = [0, 1, 2].map(() => new Int16Array(width * height)) as [
    Int16Array,
    Int16Array,
    Int16Array,
  ];
  const gradients = { width, height, dx, dy, magnitude };
  for (let y = 0; y < height; y++) writeGradients(gray, y, gradients);
  return gradients;
}

function writeGradients({ width, height, data }: Bytes, y: number, { dx, dy, magnitude }: Gradients): void {
  const above = Math.max(0, y - 1) * width;
  const line = y * width;
  const below = Math.min(height - 1, y + 1) * width;
  // Of each column the sums that the next two pixels need as well.
  let westSum = (data[above] as number) + 2 * (data[line] as number) + (data[below] as number);
  let hereSum = westSum;
  let westRise = (data[below] as number) - (data[above] as number);
  let hereRise = westRise;
  for (let x = 0; x < width; x++) {
    const right = x === width - 1 ? x : x + 1;
    const top = data[above + right] as number;
    const low = data[below + right] as number;
    const eastSum = top + 2 * (data[line + right] as number) + low;
    const eastRise = low - top;
    const across = eastSum - westSum;
    const down = westRise + 2 * hereRise + eastRise;
    dx[line + x] = across;
    dy[line + x] = down;
    magnitude[line + x] = (across < 0 ? -across : across) + (down < 0 ? -down : down);
    westSum = hereSum;
    hereSum = eastSum;
    westRise = hereRise;
    hereRise = eastRise;
  }
}

/** Whether a pixel's gradient is the largest across its edge; outside of the picture there is none. */
function isRidge(gradients: Gradients, x: number, y: number): boolean {
  const at = y * gradients.width + x;
  const own = gradients.magnitude[at] as number;
  const across = gradients.dx[at] as number;
  const down = gradients.dy[at] as number;
  const steep = Math.abs(down) * 32768;
  const flat = Math.abs(across) * TAN_22;
  if (steep < flat) return own > steepness(gradients, x - 1, y) && own >= steepness(gradients, x + 1, y);
  if (steep > flat + Math.abs(across) * 65536)
    return own > steepness(gradients, x, y - 1) && own >= steepness(gradients, x, y + 1);
  const side = (across ^ down) < 0 ? -1 : 1;
  return own > steepness(gradients, x - side, y - 1) && own > steepness(gradients, x + side, y + 1);
}

function steepness({ width, height, magnitude }: Gradients, x: number, y: number): number {
  return x < 0 || y < 0 || x >= width || y >= height ? 0 : (magnitude[y * width + x] as number);
}

/** Candidates that hang together with an edge become edges. */
function spread(states: Uint8Array, strong: number[], width: number, height: number): void {
  for (let at = strong.pop(); at !== undefined; at = strong.pop()) {
    const x = at % width;
    const y = (at - x) / width;
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++)
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
        const next = row * width + column;
        if (states[next] !== CANDIDATE) continue;
        states[next] = EDGE;
        strong.push(next);
      }
  }
}

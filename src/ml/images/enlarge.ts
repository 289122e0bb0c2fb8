import { setImmediate } from "node:timers/promises";
import type { Picture } from "../../algorithms/image/picture.ts";

/** How colours between pixels are worked out: cubic with a = -0.5 (Catmull-Rom), or linear. */
export type ResizeFilter = "bicubic" | "bilinear";

/** Source positions and weights of one output position; the weights add up to 1. */
type Taps = readonly { readonly at: number; readonly weight: number }[];

/** Samples after which other work gets its turn: a few milliseconds. */
const SAMPLES_PER_TURN = 2 ** 19;

/**
 * Enlarges a picture as Pillow does, to within 2 of 255: pixel centres at half integers, taps beyond the border left
 * out. (libvips shifts the picture by up to half a pixel when it enlarges.) Linear in the pixels of the result.
 * @param size at least the picture's own along both axes
 */
export async function enlarge(
  picture: Picture,
  size: { readonly width: number; readonly height: number },
  filter: ResizeFilter,
): Promise<Picture> {
  return enlargeRows(await enlargeColumns(picture, size.width, filter), size.height, filter);
}

async function enlargeColumns(picture: Picture, width: number, filter: ResizeFilter): Promise<Picture> {
  if (width === picture.width) return picture;
  const columns = tapsOf(picture.width, width, filter);
  const data = new Uint8ClampedArray(width * picture.height * 3);
  const source = picture.data;
  await eachRow(picture.height, 3 * width, (row) => {
    const start = row * picture.width * 3;
    let target = row * width * 3;
    for (const taps of columns)
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (const { at, weight } of taps) sum += weight * (source[start + 3 * at + channel] ?? 0);
        data[target++] = sum;
      }
  });
  return { width, height: picture.height, data: new Uint8Array(data.buffer) };
}

async function enlargeRows(picture: Picture, height: number, filter: ResizeFilter): Promise<Picture> {
  if (height === picture.height) return picture;
  const rows = tapsOf(picture.height, height, filter);
  const stride = picture.width * 3;
  const data = new Uint8ClampedArray(stride * height);
  const sums = new Float32Array(stride);
  await eachRow(height, stride, (row) => {
    sums.fill(0);
    for (const { at, weight } of rows[row] ?? [])
      for (let i = 0; i < stride; i++)
        sums[i] = (sums[i] ?? 0) + weight * (picture.data[at * stride + i] ?? 0);
    data.set(sums, row * stride);
  });
  return { width: picture.width, height, data: new Uint8Array(data.buffer) };
}

async function eachRow(rows: number, samplesPerRow: number, work: (row: number) => void): Promise<void> {
  const rowsPerTurn = Math.ceil(SAMPLES_PER_TURN / samplesPerRow);
  for (let row = 0; row < rows; row++) {
    work(row);
    if ((row + 1) % rowsPerTurn === 0) await setImmediate();
  }
}

function tapsOf(from: number, to: number, filter: ResizeFilter): readonly Taps[] {
  const kernel = filter === "bicubic" ? cubic : linear;
  return Array.from({ length: to }, (_, index) => {
    const centre = ((index + 0.5) * from) / to - 0.5;
    const near = [-1, 0, 1, 2]
      .map((offset) => Math.floor(centre) + offset)
      .filter((at) => at >= 0 && at < from);
    const taps = near.map((at) => ({ at, weight: kernel(Math.abs(at - centre)) }));
    const sum = taps.reduce((total, { weight }) => total + weight, 0);
    return taps.filter(({ weight }) => weight !== 0).map(({ at, weight }) => ({ at, weight: weight / sum }));
  });
}

function linear(distance: number): number {
  return Math.max(0, 1 - distance);
}

/** R. Keys, "Cubic convolution interpolation for digital image processing", 1981, a = -0.5. */
function cubic(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

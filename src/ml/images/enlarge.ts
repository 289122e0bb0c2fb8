import { setImmediate } from "node:timers/promises";
import type { Picture } from "../../algorithms/image/picture.ts";

/** How colours between pixels are worked out: cubic with a = -0.5 (Catmull-Rom), or linear. */
export type ResizeFilter = "bicubic" | "bilinear";

/** Four source positions and weights for each output position; the weights add up to 1, beyond the border they are 0. */
interface Taps {
  readonly at: Int32Array;
  readonly weight: Float32Array;
}

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
  const { at, weight } = tapsOf(picture.width, width, filter);
  const offsets = at.map((column) => 3 * column);
  const data = new Uint8ClampedArray(width * picture.height * 3);
  await eachRow(picture.height, 3 * width, (row) => {
    const source = picture.data.subarray(row * picture.width * 3);
    const target = data.subarray(row * width * 3);
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let tap = 4 * x; tap < 4 * x + 4; tap++)
          sum += (weight[tap] ?? 0) * (source[(offsets[tap] ?? 0) + channel] ?? 0);
        target[3 * x + channel] = sum;
      }
  });
  return { width, height: picture.height, data: new Uint8Array(data.buffer) };
}

async function enlargeRows(picture: Picture, height: number, filter: ResizeFilter): Promise<Picture> {
  if (height === picture.height) return picture;
  const { at, weight } = tapsOf(picture.height, height, filter);
  const stride = picture.width * 3;
  const data = new Uint8ClampedArray(stride * height);
  await eachRow(height, stride, (row) => {
    const target = data.subarray(row * stride, (row + 1) * stride);
    const rows = [0, 1, 2, 3].map((tap) => picture.data.subarray((at[4 * row + tap] ?? 0) * stride));
    const [a = target, b = target, c = target, d = target] = rows;
    const [wa = 0, wb = 0, wc = 0, wd = 0] = weight.subarray(4 * row, 4 * row + 4);
    for (let i = 0; i < stride; i++)
      target[i] = wa * (a[i] ?? 0) + wb * (b[i] ?? 0) + wc * (c[i] ?? 0) + wd * (d[i] ?? 0);
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

function tapsOf(from: number, to: number, filter: ResizeFilter): Taps {
  const kernel = filter === "bicubic" ? cubic : linear;
  const at = new Int32Array(4 * to);
  const weight = new Float32Array(4 * to);
  for (let index = 0; index < to; index++) {
    const centre = ((index + 0.5) * from) / to - 0.5;
    const near = [-1, 0, 1, 2].map((offset) => Math.floor(centre) + offset);
    const raw = near.map((place) => (place >= 0 && place < from ? kernel(Math.abs(place - centre)) : 0));
    const sum = raw.reduce((total, value) => total + value, 0);
    at.set(
      near.map((place) => Math.min(from - 1, Math.max(0, place))),
      4 * index,
    );
    weight.set(
      raw.map((value) => value / sum),
      4 * index,
    );
  }
  return { at, weight };
}

function linear(distance: number): number {
  return Math.max(0, 1 - distance);
}

/** R. Keys, "Cubic convolution interpolation for digital image processing", 1981, a = -0.5. */
function cubic(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

import type { Picture } from "./picture.ts";

/** Side of the small gray picture that is transformed. */
const SIDE = 32;
/** Side of the block of low frequencies that becomes the bits. */
const LOW = 8;
/** Standard deviation of the small picture's light (0..255) under which there is nothing to tell pictures apart by. */
const UNIFORM = 3;
/** Coefficients are compared to this precision: what symmetry makes zero stays zero, whatever the rounding. */
const STEPS = 1000;

/** Orthonormal DCT-II of 32 samples, the first 8 frequencies: `[LOW, SIDE]` row-major. */
const BASIS = Float64Array.from({ length: LOW * SIDE }, (_, at) => {
  const frequency = Math.floor(at / SIDE);
  const angle = (Math.PI * (2 * (at % SIDE) + 1) * frequency) / (2 * SIDE);
  return Math.sqrt((frequency === 0 ? 1 : 2) / SIDE) * Math.cos(angle);
});

/**
 * A 64 bit fingerprint that survives scaling, recompression and small changes of light: the picture's light averaged
 * to 32 x 32, its cosine transform, one bit for each of the 8 x 8 lowest frequencies (row-major, first bit first),
 * set where the coefficient is above their median. O(pixels).
 *
 * Pictures of the same kind (plots of one program, scanned pages) can be near each other without being copies.
 * Source: Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010, the DCT based one.
 *
 * @returns 16 hex digits; null for nearly uniform pictures and for those with a side under 32 pixels.
 */
export function perceptualHash(picture: Picture): string | null {
  if (picture.width < SIDE || picture.height < SIDE) return null;
  const small = averageLight(picture);
  if (deviation(small) < UNIFORM) return null;
  const coefficients = lowFrequencies(small).map((value) => Math.floor(value * STEPS + 0.5));
  const ascending = coefficients.toSorted();
  const median = (ascending[31]! + ascending[32]!) / 2;
  let hash = "";
  for (let at = 0; at < coefficients.length; at += 4) {
    let digit = 0;
    for (let bit = 0; bit < 4; bit++) digit = 2 * digit + (coefficients[at + bit]! > median ? 1 : 0);
    hash += digit.toString(16);
  }
  return hash;
}

/**
 * Bits in which two hashes differ, 0..64.
 * @throws RangeError for anything but two times 16 hex digits.
 */
export function hammingDistance(a: string, b: string): number {
  let distance = 0;
  for (let at = 0; at < 16; at += 8) distance += ones(halfOf(a, at) ^ halfOf(b, at));
  return distance;
}

function halfOf(hash: string, at: number): number {
  if (!/^[0-9a-f]{16}$/.test(hash)) throw new RangeError(`expected 16 hex digits, got "${hash}"`);
  return Number.parseInt(hash.slice(at, at + 8), 16);
}

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits >>> 0; rest !== 0; rest = (rest & (rest - 1)) >>> 0) count++;
  return count;
}

/** Mean light of each of the 32 x 32 cells; a pixel on a border counts for both sides by its share. */
function averageLight({ width, height, data }: Picture): Float64Array {
  const columns = sharesOf(width);
  const rows = sharesOf(height);
  const cells = new Float64Array(SIDE * SIDE);
  const row = new Float64Array(SIDE);
  for (let y = 0, at = 0; y < height; y++) {
    row.fill(0);
    for (let x = 0; x < width; x++, at += 3) {
      const light = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
      const cell = columns.cell[x]!;
      const share = columns.share[x]!;
      row[cell]! += light * share;
      if (share < 1) row[cell + 1]! += light * (1 - share);
    }
    const cell = rows.cell[y]!;
    const share = rows.share[y]!;
    for (let column = 0; column < SIDE; column++) {
      cells[cell * SIDE + column]! += row[column]! * share;
      if (share < 1) cells[(cell + 1) * SIDE + column]! += row[column]! * (1 - share);
    }
  }
  const area = (width / SIDE) * (height / SIDE);
  return cells.map((sum) => sum / area);
}

/** For each pixel along an axis the first cell that it lies in, and how much of it does; the rest lies in the next. */
function sharesOf(length: number): { cell: Uint8Array; share: Float64Array } {
  const cell = new Uint8Array(length);
  const share = new Float64Array(length);
  for (let pixel = 0; pixel < length; pixel++) {
    const first = Math.floor((pixel * SIDE) / length);
    cell[pixel] = first;
    share[pixel] = Math.min(1, ((first + 1) * length) / SIDE - pixel);
  }
  return { cell, share };
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

function lowFrequencies(small: Float64Array): Float64Array {
  const half = new Float64Array(LOW * SIDE);
  for (let v = 0; v < LOW; v++)
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) half[v * SIDE + x]! += BASIS[v * SIDE + y]! * small[y * SIDE + x]!;
  const low = new Float64Array(LOW * LOW);
  for (let v = 0; v < LOW; v++)
    for (let u = 0; u < LOW; u++)
      for (let x = 0; x < SIDE; x++) low[v * LOW + u]! += half[v * SIDE + x]! * BASIS[u * SIDE + x]!;
  return low;
}

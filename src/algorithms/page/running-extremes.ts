/** A plane of bytes, `[height, width]` row-major. */
export interface Bytes {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * Largest value in the square of `2 radius + 1` pixels around each one; nothing lies outside. A new plane.
 * By windows that double in length: O(pixels log radius).
 */
export function dilated(plane: Bytes, radius: number): Uint8Array {
  return extremes(plane, radius, raise, 0);
}

/** Smallest value in the square of `2 radius + 1` pixels around each one, as {@link dilated}. */
export function eroded(plane: Bytes, radius: number): Uint8Array {
  return extremes(plane, radius, lower, 255);
}

/** A closing: dark marks narrower than `2 radius + 1` pixels are gone, whatever is larger stays. */
export function closed(plane: Bytes, radius: number): Uint8Array {
  return eroded({ ...plane, data: dilated(plane, radius) }, radius);
}

/** Each value becomes the larger (or the smaller) of itself and the one `step` further on. */
interface Merge {
  bytes(values: Uint8Array, step: number): void;
  /** The same of four bytes at a time; `step` in words. */
  words(values: Int32Array, step: number): void;
}

/**
 * On a plane with a rim of `radius` all around, windows reach onwards only, over `2 radius + 1` values; those that run
 * over into the next row begin in the rim, and are not read.
 */
function extremes({ width, height, data }: Bytes, radius: number, merge: Merge, outside: number): Uint8Array {
  const stride = 4 * Math.ceil((width + 2 * radius) / 4);
  const framed = new Uint8Array(stride * (height + 2 * radius)).fill(outside);
  for (let row = 0; row < height; row++)
    framed.set(data.subarray(row * width, (row + 1) * width), (row + radius) * stride + radius);
  widen(2 * radius + 1, (step) => merge.bytes(framed, step));
  const words = new Int32Array(framed.buffer);
  widen(2 * radius + 1, (rows) => merge.words(words, (rows * stride) / 4));
  const result = new Uint8Array(data.length);
  for (let row = 0; row < height; row++)
    result.set(framed.subarray(row * stride, row * stride + width), row * width);
  return result;
}

/** Windows of `length` values, each from two windows that are shorter. */
function widen(length: number, merge: (step: number) => void): void {
  for (let window = 1; window < length; ) {
    const step = Math.min(window, length - window);
    merge(step);
    window += step;
  }
}

const raise: Merge = { bytes: raiseBytes, words: raiseWords };
const lower: Merge = { bytes: lowerBytes, words: lowerWords };

// Without branches: on a drawing the processor would guess every other one wrong.
function raiseBytes(values: Uint8Array, step: number): void {
  const end = values.length - step;
  for (let at = 0; at < end; at++) {
    const own = values[at] as number;
    const more = (values[at + step] as number) - own;
    values[at] = own + (more & ~(more >> 31));
  }
}

function lowerBytes(values: Uint8Array, step: number): void {
  const end = values.length - step;
  for (let at = 0; at < end; at++) {
    const own = values[at] as number;
    const more = (values[at + step] as number) - own;
    values[at] = own + (more & (more >> 31));
  }
}

function raiseWords(values: Int32Array, step: number): void {
  const end = values.length - step;
  for (let at = 0; at < end; at++) {
    const own = values[at] as number;
    const other = values[at + step] as number;
    const taken = notLess(other, own);
    values[at] = (other & taken) | (own & ~taken);
  }
}

function lowerWords(values: Int32Array, step: number): void {
  const end = values.length - step;
  for (let at = 0; at < end; at++) {
    const own = values[at] as number;
    const other = values[at + step] as number;
    const taken = notLess(own, other);
    values[at] = (other & taken) | (own & ~taken);
  }
}

/** The highest bit of each of a word's four bytes. */
const HIGHEST = 0x80808080 | 0;

/** 255 in each byte in which `one`'s is not less than `other`'s, else 0. */
function notLess(one: number, other: number): number {
  // Seven bits are compared by a difference that borrows nothing of the next byte, the eighth by itself.
  const sevenBits = (one | HIGHEST) - (other & ~HIGHEST);
  const marks = ((one & ~other) | (~(one ^ other) & sevenBits)) & HIGHEST;
  return ((marks << 1) - (marks >>> 7)) | 0;
}

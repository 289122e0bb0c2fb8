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
type Merge = (values: Uint8Array, step: number) => void;

/**
 * On a plane with a rim of `radius` all around, windows reach onwards only, over `2 radius + 1` values; those that run
 * over into the next row begin in the rim, and are not read.
 */
function extremes({ width, height, data }: Bytes, radius: number, merge: Merge, outside: number): Uint8Array {
  const stride = width + 2 * radius;
  const framed = new Uint8Array(stride * (height + 2 * radius)).fill(outside);
  for (let row = 0; row < height; row++)
    framed.set(data.subarray(row * width, (row + 1) * width), (row + radius) * stride + radius);
  widen(framed, 1, 2 * radius + 1, merge);
  widen(framed, stride, 2 * radius + 1, merge);
  const result = new Uint8Array(data.length);
  for (let row = 0; row < height; row++)
    result.set(framed.subarray(row * stride, row * stride + width), row * width);
  return result;
}

/** Windows of `length` values that lie `stride` apart, each from two windows that are shorter. */
function widen(values: Uint8Array, stride: number, length: number, merge: Merge): void {
  for (let window = 1; window < length; ) {
    const step = Math.min(window, length - window);
    merge(values, step * stride);
    window += step;
  }
}

// Without branches: on a drawing the processor would guess every other one wrong.
function raise(values: Uint8Array, step: number): void {
  const end = values.length - step;
  for (let at = 0; at < end; at++) {
    const own = values[at] as number;
    const more = (values[at + step] as number) - own;
    values[at] = own + (more & ~(more >> 31));
  }
}

function lower(values: Uint8Array, step: number): void {
  const end = values.length - step;
  for (let at = 0; at < end; at++) {
    const own = values[at] as number;
    const more = (values[at + step] as number) - own;
    values[at] = own + (more & (more >> 31));
  }
}

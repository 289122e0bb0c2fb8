/** A plane of bytes, `[height, width]` row-major. */
export interface Bytes {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Largest value in the square of `2 radius + 1` pixels around each one; nothing lies outside. A new plane. */
export function dilated(plane: Bytes, radius: number): Uint8Array {
  const inverse = plane.data.map((value) => 255 - value);
  const least = eroded({ ...plane, data: inverse }, radius);
  for (let pixel = 0; pixel < least.length; pixel++) least[pixel] = 255 - (least[pixel] as number);
  return least;
}

/**
 * Smallest value in the square of `2 radius + 1` pixels around each one; nothing lies outside. A new plane.
 * By windows that double in length: O(pixels log radius).
 */
export function eroded({ width, height, data }: Bytes, radius: number): Uint8Array {
  const across = leastAlong(data, radius, width, (plane, step, back) => {
    for (let row = 0; row < height; row++) narrow(plane, row * width, (row + 1) * width, step, back);
  });
  return leastAlong(across, radius, height, (plane, step, back) =>
    narrow(plane, 0, width * height, step * width, back),
  );
}

/** A closing: dark marks narrower than `2 radius + 1` pixels are gone, whatever is larger stays. */
export function closed(plane: Bytes, radius: number): Uint8Array {
  return eroded({ ...plane, data: dilated(plane, radius) }, radius);
}

type Pass = (plane: Uint8Array, step: number, back: boolean) => void;

/** Windows of `radius` to either side, each from windows half as long. */
function leastAlong(data: Uint8Array, radius: number, length: number, pass: Pass): Uint8Array {
  const reach = Math.min(radius, length - 1);
  const ahead = data.slice();
  const behind = data.slice();
  for (let window = 1; window < reach + 1; ) {
    const step = Math.min(window, reach + 1 - window);
    pass(ahead, step, false);
    pass(behind, step, true);
    window += step;
  }
  for (let pixel = 0; pixel < ahead.length; pixel++) {
    const value = behind[pixel] as number;
    if (value < (ahead[pixel] as number)) ahead[pixel] = value;
  }
  return ahead;
}

/** Each value becomes the smaller of itself and the one `step` further on, or back. */
function narrow(plane: Uint8Array, start: number, end: number, step: number, back: boolean): void {
  if (back) {
    for (let at = end - 1; at >= start + step; at--) {
      const value = plane[at - step] as number;
      if (value < (plane[at] as number)) plane[at] = value;
    }
    return;
  }
  for (let at = start; at < end - step; at++) {
    const value = plane[at + step] as number;
    if (value < (plane[at] as number)) plane[at] = value;
  }
}

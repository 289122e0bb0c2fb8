/** Less contrast than this, in gray levels, is noise and not a side. */
export const SIGNIFICANT = 5;
/** How many pixels of no contrast a crossing may take. */
const PATIENCE = 4;

/**
 * Where the contrast changes its sign along one direction: 1 at the pixel after the change, `[height, width]`.
 *
 * @param step pixels back along the direction: `(0, 1)` west, `(1, 0)` north, `(1, 1)` and `(1, -1)` the diagonals.
 */
export function crossings(
  contrast: Int8Array,
  width: number,
  height: number,
  [up, left]: readonly [up: number, left: number],
): Int32Array {
  // Sign and age of the last significant pixel: +1..+PATIENCE above, negative below, 0 long ago.
  const memory = new Int8Array(width * height);
  const found = new Int32Array(width * height);
  const back = up * width + left;
  for (let row = 0; row < height; row++) {
    const inside = row >= up;
    for (let x = 0; x < width; x++) {
      const at = row * width + x;
      const value = contrast[at] as number;
      const last = inside && x >= left && x - left < width ? (memory[at - back] as number) : 0;
      if (value > SIGNIFICANT) {
        memory[at] = PATIENCE;
        if (last < 0) found[at] = 1;
      } else if (value < -SIGNIFICANT) {
        memory[at] = -PATIENCE;
        if (last > 0) found[at] = 1;
      } else memory[at] = last > 0 ? last - 1 : last < 0 ? last + 1 : 0;
    }
  }
  return found;
}

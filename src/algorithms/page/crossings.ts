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
    // Where the step back leads out of the page there is nothing to remember.
    const first = row < up ? width : Math.max(0, left);
    const end = row < up ? width : Math.min(width, width + left);
    crossRow(contrast, memory, found, { from: row * width, first, end, width, back });
  }
  return found;
}

interface CrossedRow {
  readonly from: number;
  /** Pixels of the row that have one a step back: from the first on, before the end. */
  readonly first: number;
  readonly end: number;
  readonly width: number;
  readonly back: number;
}

function crossRow(
  contrast: Int8Array,
  memory: Int8Array,
  found: Int32Array,
  { from, first, end, width, back }: CrossedRow,
): void {
  for (let x = 0; x < width; x++) {
    const at = from + x;
    const value = contrast[at] as number;
    const last = x >= first && x < end ? (memory[at - back] as number) : 0;
    if (value > SIGNIFICANT) {
      memory[at] = PATIENCE;
      if (last < 0) found[at] = 1;
    } else if (value < -SIGNIFICANT) {
      memory[at] = -PATIENCE;
      if (last > 0) found[at] = 1;
    } else memory[at] = last > 0 ? last - 1 : last < 0 ? last + 1 : 0;
  }
}

/** Two sides of a plane, pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size at most `pixels` large that has the same shape; the size itself where it is small enough. */
export function sizeWithin({ width, height }: Size, pixels: number): Size {
  const scale = Math.sqrt(pixels / (width * height));
  if (scale >= 1) return { width, height };
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * A plane shrunk by area: each new pixel is the mean of what it covers. `[height, width]` row-major. O(pixels of the
 * source).
 *
 * @param meanings the number that each byte stands for
 */
export function reducePlane(values: Uint8Array, meanings: Float32Array, from: Size, to: Size): Float32Array {
  if (from.width === to.width && from.height === to.height) {
    const same = new Float32Array(values.length);
    for (let at = 0; at < same.length; at++) same[at] = meanings[values[at] as number] as number;
    return same;
  }
  const columns = coverage(from.width, to.width);
  const rows = coverage(from.height, to.height);
  const reduced = new Float32Array(to.width * to.height);
  const line = new Float32Array(to.width);
  for (let y = 0; y < from.height; y++) {
    line.fill(0);
    shrinkRow(values, y * from.width, meanings, columns, line);
    const first = (rows.first[y] as number) * to.width;
    const share = rows.share[y] as number;
    addRow(reduced, first, line, share);
    const next = first + to.width;
    if (share < rows.whole && next < reduced.length) addRow(reduced, next, line, rows.whole - share);
  }
  return reduced;
}

function addRow(reduced: Float32Array, from: number, line: Float32Array, share: number): void {
  for (let x = 0; x < line.length; x++)
    reduced[from + x] = (reduced[from + x] as number) + share * (line[x] as number);
}

/** Which new pixel each old one falls into first, and with how much of a new pixel; the rest goes to the next one. */
interface Coverage {
  readonly first: Int32Array;
  readonly share: Float32Array;
  /** What one old pixel is of a new one. */
  readonly whole: number;
}

function coverage(from: number, to: number): Coverage {
  const whole = to / from;
  const first = new Int32Array(from);
  const share = new Float32Array(from);
  for (let at = 0; at < from; at++) {
    const start = at * whole;
    const cell = Math.min(to - 1, Math.floor(start + 1e-9));
    first[at] = cell;
    share[at] = Math.min(whole, cell + 1 - start);
  }
  return { first, share, whole };
}

function shrinkRow(
  values: Uint8Array,
  start: number,
  meanings: Float32Array,
  by: Coverage,
  line: Float32Array,
): void {
  const { first, share, whole } = by;
  for (let x = 0; x < first.length; x++) {
    const value = meanings[values[start + x] as number] as number;
    const cell = first[x] as number;
    const part = share[x] as number;
    line[cell] = (line[cell] as number) + part * value;
    if (part < whole && cell + 1 < line.length)
      line[cell + 1] = (line[cell + 1] as number) + (whole - part) * value;
  }
}

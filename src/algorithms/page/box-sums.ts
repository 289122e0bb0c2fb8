/**
 * Sums over the square of `2 radius + 1` pixels around each one, in place; the edge pixels go on outside.
 * Running sums of whole numbers: exact, so tiles and whole pages agree. O(pixels), whatever the radius.
 *
 * @param values `[height, width]` row-major; sums must stay below 2^31.
 */
export function boxSums(values: Int32Array, width: number, height: number, radius: number): void {
  sumRows(values, width, height, radius);
  sumColumns(values, width, height, radius);
}

/** {@link boxSums} divided by the square's size and rounded: a box blur. In place. */
export function boxMeans(values: Int32Array, width: number, height: number, radius: number): void {
  boxSums(values, width, height, radius);
  const share = 1 / (2 * radius + 1) ** 2;
  for (let pixel = 0; pixel < values.length; pixel++)
    values[pixel] = Math.floor((values[pixel] as number) * share + 0.5);
}

function sumRows(values: Int32Array, width: number, height: number, radius: number): void {
  const line = new Int32Array(width + 2 * radius + 1);
  for (let row = 0; row < height; row++) {
    const start = row * width;
    line.fill(values[start] as number, 0, radius);
    line.set(values.subarray(start, start + width), radius);
    line.fill(values[start + width - 1] as number, radius + width);
    let sum = 0;
    for (let x = 0; x < 2 * radius; x++) sum += line[x] as number;
    for (let x = 0; x < width; x++) {
      sum += line[x + 2 * radius] as number;
      values[start + x] = sum;
      sum -= line[x] as number;
    }
  }
}

function sumColumns(values: Int32Array, width: number, height: number, radius: number): void {
  // The rows that are overwritten before they leave the window, in a ring.
  const depth = radius + 1;
  const ring = new Int32Array(depth * width);
  const first = values.slice(0, width);
  const last = values.slice((height - 1) * width, height * width);
  const sums = new Int32Array(width);
  const add = (row: number) => {
    const source = row < height ? values : last;
    const start = row < height ? row * width : 0;
    for (let x = 0; x < width; x++) sums[x] = (sums[x] as number) + (source[start + x] as number);
  };
  for (let x = 0; x < width; x++) sums[x] = radius * (first[x] as number);
  for (let row = 0; row < radius; row++) add(row);
  for (let row = 0; row < height; row++) {
    add(row + radius);
    const start = row * width;
    const slot = (row % depth) * width;
    ring.set(values.subarray(start, start + width), slot);
    values.set(sums, start);
    const leaving = row - radius;
    const source = leaving <= 0 ? first : ring;
    const from = leaving <= 0 ? 0 : (leaving % depth) * width;
    for (let x = 0; x < width; x++) sums[x] = (sums[x] as number) - (source[from + x] as number);
  }
}

import type { OklabPicture } from "../colour/oklab.ts";

/** Cells in each direction of a block. */
export const BLOCK = 4;

/** Lightness, its change to the right and downwards; then the two colours. */
const VARIABLES = 5;
const EXPLAINING = 3;
/** Keeps even blocks apart from a division by nothing. */
const RIDGE = 1e-6;

/** Means over squares of pixels; what is left over at the right and at the bottom is left out. */
export function cellMeans({ width, height, l, a, b }: OklabPicture, size: number): OklabPicture {
  const [stepX, stepY] = [Math.min(size, width), Math.min(size, height)];
  const [columns, rows] = [Math.floor(width / stepX), Math.floor(height / stepY)];
  const means = [l, a, b].map((plane) => {
    const sums = new Float32Array(columns * rows);
    for (let y = 0; y < rows * stepY; y++)
      addRow(sums, Math.floor(y / stepY) * columns, plane, y * width, stepX, columns);
    for (let cell = 0; cell < sums.length; cell++) sums[cell] = (sums[cell] as number) / (stepX * stepY);
    return sums;
  }) as [Float32Array, Float32Array, Float32Array];
  return { width: columns, height: rows, l: means[0], a: means[1], b: means[2] };
}

function addRow(
  sums: Float32Array,
  first: number,
  plane: Float32Array,
  start: number,
  step: number,
  columns: number,
): void {
  for (let column = 0, pixel = start; column < columns; column++) {
    let sum = 0;
    for (const end = pixel + step; pixel < end; pixel++) sum += plane[pixel] as number;
    sums[first + column] = (sums[first + column] as number) + sum;
  }
}

/** Colours of a block of cells. OKLab. */
export interface BlockColour {
  /** Of its mean. */
  readonly chroma: number;
  /**
   * How far its colours are from what its light explains: the deviation that a linear regression on lightness and its
   * change leaves. Tinted paper and brown ink have one colour per lightness, whose place changes slowly; a scanner's
   * three colours that are a little apart leave fringes in proportion to the change of light.
   */
  readonly own: number;
}

/** Of the block whose first cell is at `left`, `top`. */
export function blockColour(cells: OklabPicture, left: number, top: number): BlockColour {
  const [right, bottom] = [Math.min(cells.width, left + BLOCK), Math.min(cells.height, top + BLOCK)];
  const sums = new Float64Array(VARIABLES);
  const products = new Float64Array(VARIABLES * VARIABLES);
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      const values = valuesAt(cells, x, y);
      for (let one = 0; one < VARIABLES; one++) {
        sums[one] = (sums[one] as number) + (values[one] as number);
        for (let other = 0; other < VARIABLES; other++) {
          const at = one * VARIABLES + other;
          products[at] = (products[at] as number) + (values[one] as number) * (values[other] as number);
        }
      }
    }
  const count = (right - left) * (bottom - top);
  return {
    chroma: Math.hypot(sums[3] as number, sums[4] as number) / count,
    own: Math.sqrt(unexplained(products, sums, count)),
  };
}

function valuesAt({ width, height, l, a, b }: OklabPicture, x: number, y: number): readonly number[] {
  const at = y * width + x;
  const [west, east] = [Math.max(0, x - 1), Math.min(width - 1, x + 1)];
  const [north, south] = [Math.max(0, y - 1), Math.min(height - 1, y + 1)];
  const across =
    ((l[y * width + east] as number) - (l[y * width + west] as number)) / Math.max(1, east - west);
  const down =
    ((l[south * width + x] as number) - (l[north * width + x] as number)) / Math.max(1, south - north);
  return [l[at] as number, across, down, a[at] as number, b[at] as number];
}

/** What is left of the variance of the colours when that of the other variables is eliminated, one after the other. */
function unexplained(products: Float64Array, sums: Float64Array, count: number): number {
  const at = (one: number, other: number) => one * VARIABLES + other;
  const variance = products.map((product, index) => {
    const [one, other] = [Math.floor(index / VARIABLES), index % VARIABLES];
    return product / count - ((sums[one] as number) / count) * ((sums[other] as number) / count);
  });
  for (let one = 0; one < EXPLAINING; one++)
    variance[at(one, one)] = (variance[at(one, one)] as number) + RIDGE;
  for (let pivot = 0; pivot < EXPLAINING; pivot++)
    for (let one = pivot + 1; one < VARIABLES; one++) {
      const factor = (variance[at(one, pivot)] as number) / (variance[at(pivot, pivot)] as number);
      for (let other = pivot + 1; other < VARIABLES; other++)
        variance[at(one, other)] =
          (variance[at(one, other)] as number) - factor * (variance[at(pivot, other)] as number);
    }
  return Math.max(0, (variance[at(3, 3)] as number) + (variance[at(4, 4)] as number));
}

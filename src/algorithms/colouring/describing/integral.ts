/** Sums of a plane from its corner: any box's mean in four look-ups. */
export interface Integral {
  readonly width: number;
  readonly height: number;
  /** `[height + 1, width + 1]` row-major. */
  readonly sums: Float64Array;
}

/** The sums of a plane `[height, width]` row-major. O(pixels). */
export function integralOf(values: Float32Array, width: number, height: number): Integral {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    const above = y * stride + 1;
    const here = above + stride;
    for (let x = 0; x < width; x++) {
      row += values[y * width + x] as number;
      sums[here + x] = (sums[above + x] as number) + row;
    }
  }
  return { width, height, sums };
}

/** Mean of the square of `2 radius + 1` pixels around a place, as far as it lies on the plane. */
export function boxMean(integral: Integral, x: number, y: number, radius: number): number {
  const { width, height } = integral;
  const left = Math.min(width - 1, Math.max(0, x - radius));
  const top = Math.min(height - 1, Math.max(0, y - radius));
  const right = Math.max(left + 1, Math.min(width, x + radius + 1));
  const bottom = Math.max(top + 1, Math.min(height, y + radius + 1));
  return boxSum(integral, left, top, right, bottom) / ((right - left) * (bottom - top));
}

/** Sum of a box on the plane; `right` and `bottom` lie outside of it. */
export function boxSum(
  { width, sums }: Integral,
  left: number,
  top: number,
  right: number,
  bottom: number,
): number {
  const stride = width + 1;
  return (
    (sums[bottom * stride + right] as number) -
    (sums[top * stride + right] as number) -
    (sums[bottom * stride + left] as number) +
    (sums[top * stride + left] as number)
  );
}

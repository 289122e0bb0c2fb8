import type { Picture } from "../picture.ts";

/** The window ends here, in sigmas: beyond lies less than 0.3 % of the weight. */
const REACH = 3;

/**
 * Blurs a picture in place as torchvision's `gaussian_blur` with a window of `2 * ceil(3 sigma) + 1` pixels (no wider
 * than the mirrored border allows): torchvision leaves the window to its caller. The border is mirrored without
 * repeating the last pixel. O(pixels x sigma).
 * @param sigma in pixels, above 0
 */
export function gaussianBlur({ width, height, data }: Picture, sigma: number): void {
  const scratch = new Float32Array(data.length);
  alongRows(data, scratch, width, height, kernelOf(sigma, width));
  alongColumns(scratch, data, width, height, kernelOf(sigma, height));
}

function kernelOf(sigma: number, size: number): Float32Array {
  const reach = Math.min(Math.ceil(REACH * sigma), size - 1);
  const kernel = Float32Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-0.5 * ((at - reach) / sigma) ** 2),
  );
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  return kernel.map((weight) => weight / sum);
}

function alongRows(
  source: Uint8Array,
  target: Float32Array,
  width: number,
  height: number,
  kernel: Float32Array,
): void {
  const reach = kernel.length >> 1;
  const padded = new Float32Array((width + 2 * reach) * 3);
  for (let row = 0; row < height; row++) {
    const base = row * width * 3;
    for (let x = -reach; x < width + reach; x++) {
      const from = base + 3 * mirrored(x, width);
      const to = 3 * (x + reach);
      padded[to] = source[from]!;
      padded[to + 1] = source[from + 1]!;
      padded[to + 2] = source[from + 2]!;
    }
    for (let at = 0; at < 3 * width; at++) {
      let sum = 0;
      for (let tap = 0, from = at; tap < kernel.length; tap++, from += 3) sum += kernel[tap]! * padded[from]!;
      target[base + at] = sum;
    }
  }
}

function alongColumns(
  source: Float32Array,
  target: Uint8Array,
  width: number,
  height: number,
  kernel: Float32Array,
): void {
  const reach = kernel.length >> 1;
  const stride = 3 * width;
  const sums = new Float32Array(stride);
  for (let row = 0; row < height; row++) {
    sums.fill(0.5);
    for (let tap = 0; tap < kernel.length; tap++) {
      const weight = kernel[tap]!;
      const from = mirrored(row + tap - reach, height) * stride;
      for (let x = 0; x < stride; x++) sums[x] = sums[x]! + weight * source[from + x]!;
    }
    // Half was added beforehand: cutting rounds. Weights that add up to a trace above 1 may not wrap white to black.
    for (let x = 0; x < stride; x++) target[row * stride + x] = Math.min(255, sums[x]!);
  }
}

/** 2 1 | 0 1 2 ... last | last-1 last-2 */
function mirrored(at: number, size: number): number {
  if (at < 0) return -at;
  return at < size ? at : 2 * size - 2 - at;
}

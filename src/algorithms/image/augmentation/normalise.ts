import type { PreprocessingOptions } from "./options.ts";

/**
 * Pixels `[size, size, 3]` as a model's input `[3, size, size]` float32: `(value / 255 - mean) / std` per channel, in
 * single precision as torchvision's `ToTensor` and `Normalize` work it out.
 * @param target `3 * size * size`, written over
 */
export function normalise(
  pixels: Uint8Array,
  { mean, std }: Pick<PreprocessingOptions, "mean" | "std">,
  target: Float32Array,
): void {
  if (target.length !== pixels.length)
    throw new RangeError(`${pixels.length} samples do not fit into ${target.length}`);
  const plane = pixels.length / 3;
  const table = new Float32Array(256);
  for (let channel = 0; channel < 3; channel++) {
    fillTable(table, mean[channel] ?? 0, std[channel] ?? 1);
    const offset = channel * plane;
    for (let at = 0, from = channel; at < plane; at++, from += 3) target[offset + at] = table[pixels[from]!]!;
  }
}

function fillTable(table: Float32Array, mean: number, std: number): void {
  const middle = Math.fround(mean);
  const spread = Math.fround(std);
  for (let value = 0; value < 256; value++)
    table[value] = Math.fround(Math.fround(value / 255) - middle) / spread;
}

import type { Picture } from "../picture.ts";

/** Swaps left and right, in place. */
export function flip({ width, height, data }: Picture): void {
  const stride = 3 * width;
  for (let row = 0; row < height; row++)
    for (let a = row * stride, b = a + stride - 3; a < b; a += 3, b -= 3)
      for (let channel = 0; channel < 3; channel++) {
        const kept = data[a + channel]!;
        data[a + channel] = data[b + channel]!;
        data[b + channel] = kept;
      }
}

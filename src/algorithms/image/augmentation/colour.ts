/**
 * Brightness, contrast, saturation and gray of pixels `[n, 3]` RGB, in place, byte for byte as Pillow's `ImageEnhance`
 * and `convert("L")` (and so torchvision's `adjust_*` of Pillow pictures) work them out. Factor 1 changes nothing.
 */

/** Towards black (0) or away from it. */
export function adjustBrightness(pixels: Uint8Array, factor: number): void {
  throughTable(pixels, 0, factor);
}

/** Towards (0) or away from the picture's mean gray. */
export function adjustContrast(pixels: Uint8Array, factor: number): void {
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 3) sum += grayAt(pixels, at);
  throughTable(pixels, Math.floor(sum / (pixels.length / 3) + 0.5), factor);
}

/** Towards (0) or away from each pixel's own gray. */
export function adjustSaturation(pixels: Uint8Array, factor: number): void {
  const share = Math.fround(factor);
  for (let at = 0; at < pixels.length; at += 3) {
    const gray = grayAt(pixels, at);
    pixels[at] = blended(gray, pixels[at]!, share);
    pixels[at + 1] = blended(gray, pixels[at + 1]!, share);
    pixels[at + 2] = blended(gray, pixels[at + 2]!, share);
  }
}

/** Three equal channels. */
export function toGray(pixels: Uint8Array): void {
  for (let at = 0; at < pixels.length; at += 3) pixels.fill(grayAt(pixels, at), at, at + 3);
}

/** ITU-R 601-2 luma in 16 bit fixed point. */
function grayAt(pixels: Uint8Array, at: number): number {
  return (19595 * pixels[at]! + 38470 * pixels[at + 1]! + 7471 * pixels[at + 2]! + 0x8000) >> 16;
}

function throughTable(pixels: Uint8Array, towards: number, factor: number): void {
  const share = Math.fround(factor);
  const table = new Uint8Array(256);
  for (let value = 0; value < 256; value++) table[value] = blended(towards, value, share);
  for (let at = 0; at < pixels.length; at++) pixels[at] = table[pixels[at]!]!;
}

/** Single precision and cut, not rounded, as in libImaging/Blend.c. */
function blended(towards: number, value: number, share: number): number {
  const sum = Math.fround(towards + Math.fround(share * (value - towards)));
  return sum <= 0 ? 0 : sum >= 255 ? 255 : sum | 0;
}

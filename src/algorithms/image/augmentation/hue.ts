/** Of each 8 bit hue: which sixth of the circle it lies in, and how far. */
const SIXTHS = Uint8Array.from({ length: 256 }, (_, hue) => Math.floor((hue * 6) / 255) % 6);
const WITHIN = Float32Array.from({ length: 256 }, (_, hue) => (hue * 6) / 255 - Math.floor((hue * 6) / 255));

/**
 * Turns the hue of pixels `[n, 3]` RGB, in place, by way of 8 bit HSV as Pillow converts (libImaging/Convert.c) and
 * torchvision's `adjust_hue` turns: byte for byte the same, the losses of 8 bit included.
 * @param turns -0.5 to 0.5 of the circle; 0 still passes through HSV
 */
export function adjustHue(pixels: Uint8Array, turns: number): void {
  const shift = Math.trunc(turns * 255);
  for (let at = 0; at < pixels.length; at += 3) {
    const red = pixels[at]!;
    const green = pixels[at + 1]!;
    const blue = pixels[at + 2]!;
    const most = Math.max(red, green, blue);
    const range = most - Math.min(red, green, blue);
    if (range === 0) continue;
    const hue = (hueOf(red, green, blue, most, range) + shift) & 255;
    const saturation = (Math.fround(range / most) * 255) | 0;
    writeColour(pixels, at, hue, saturation, most);
  }
}

function hueOf(red: number, green: number, blue: number, most: number, range: number): number {
  const r = Math.fround((most - red) / range);
  const g = Math.fround((most - green) / range);
  const b = Math.fround((most - blue) / range);
  const sixths = Math.fround(red === most ? b - g : green === most ? 2 + r - b : 4 + g - r);
  const turns = sixths / 6 + 1;
  return (Math.fround(turns - Math.floor(turns)) * 255) | 0;
}

function writeColour(pixels: Uint8Array, at: number, hue: number, saturation: number, value: number): void {
  const share = Math.fround(saturation / 255);
  const within = WITHIN[hue]!;
  const low = (value * (1 - share) + 0.5) | 0;
  const falling = (value * (1 - share * within) + 0.5) | 0;
  const rising = (value * (1 - share * (1 - within)) + 0.5) | 0;
  const sixth = SIXTHS[hue]!;
  pixels[at] = sixth === 0 || sixth === 5 ? value : sixth === 1 ? falling : sixth === 4 ? rising : low;
  pixels[at + 1] = sixth === 1 || sixth === 2 ? value : sixth === 0 ? rising : sixth === 3 ? falling : low;
  pixels[at + 2] = sixth === 3 || sixth === 4 ? value : sixth === 2 ? rising : sixth === 5 ? falling : low;
}

import { writeShownSrgb } from "./gamut.ts";
import { LIGHTNESS_OF_GRAY, type Oklab } from "./oklab.ts";

/**
 * How much lighter, in OKLab's l, a colour is than the gray it turns to by Rec. 601: yellow is darker than its gray,
 * blue and red are lighter.
 */
export function grayGlow([l, a, b]: Oklab): number {
  const bytes = new Uint8Array(3);
  writeShownSrgb(l, a, b, bytes, 0);
  const [red = 0, green = 0, blue = 0] = bytes;
  const gray = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  return l - (LIGHTNESS_OF_GRAY[gray] as number);
}

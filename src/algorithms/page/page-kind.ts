import type { PageKind } from "./prepared-page.ts";
import type { Bytes } from "./running-extremes.ts";
import { SPECK } from "./specks.ts";

const DARKEST_MIDDLE = 60;
const PALEST_MIDDLE = 225;
const SCREENED_SHARE = 0.02;
const SHADED_SHARE = 0.12;

/** What a page without colours is drawn with: by the shares of screentone and of smooth middle tones. O(pixels). */
export function grayKind(gray: Bytes, specks: Bytes, screentone: Bytes): PageKind {
  let [screened, smooth] = [0, 0];
  for (let pixel = 0; pixel < gray.data.length; pixel++) {
    const value = gray.data[pixel] as number;
    if ((screentone.data[pixel] as number) > 127) screened++;
    else if (value > DARKEST_MIDDLE && value < PALEST_MIDDLE && specks.data[pixel] === SPECK.none) smooth++;
  }
  const pixels = gray.data.length;
  if (screened >= SCREENED_SHARE * pixels && screened > smooth / 2) return "screentone";
  return smooth >= SHADED_SHARE * pixels ? "shaded" : "ink";
}

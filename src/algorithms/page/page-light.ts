import { grayOfLightness, oklabPicture } from "../colour/oklab.ts";
import type { Picture } from "../image/picture.ts";
import { ColourCensus } from "./colour-census.ts";
import type { Bytes } from "./running-extremes.ts";
import { tilesOf } from "./tiles.ts";

/** A page as light alone, and whether it has colours. */
export interface PageLight {
  /** The sRGB gray with each pixel's OKLab lightness, as bytes: 0 black, 255 white. */
  readonly gray: Bytes;
  readonly coloured: boolean;
}

const STEPS = 1023;
const GRAY_OF_STEP = Uint8Array.from({ length: STEPS + 1 }, (_, step) =>
  Math.round(255 * grayOfLightness(step / STEPS)),
);

/** The light of a page, by tiles: no plane of floats is ever as large as the page. O(pixels). */
export function pageLight(page: Picture): PageLight {
  const { width, height } = page;
  const data = new Uint8Array(width * height);
  const census = new ColourCensus();
  for (const { top, bottom } of tilesOf(width, height, 0)) {
    const band = {
      width,
      height: bottom - top,
      data: page.data.subarray(top * width * 3, bottom * width * 3),
    };
    const colours = oklabPicture(band);
    census.count(colours);
    for (let pixel = 0, at = top * width; pixel < colours.l.length; pixel++, at++)
      data[at] = GRAY_OF_STEP[
        Math.max(0, Math.min(STEPS, Math.round((colours.l[pixel] as number) * STEPS)))
      ] as number;
  }
  return { gray: { width, height, data }, coloured: census.coloured() };
}

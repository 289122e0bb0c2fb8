import { grayOfLightness, type OklabPicture, oklabPicture } from "../colour/oklab.ts";
import type { Picture } from "../image/picture.ts";
import { ColourCensus } from "./colour-census.ts";
import { pageScale } from "./page-scale.ts";
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
  const census = new ColourCensus(pageScale(width, height).pageArea);
  for (const { top, bottom } of tilesOf(width, height, 0)) {
    const band = {
      width,
      height: bottom - top,
      data: page.data.subarray(top * width * 3, bottom * width * 3),
    };
    const light = data.subarray(top * width, bottom * width);
    if (copyGrays(band.data, light)) census.countGrays(band);
    else census.count(colourBand(band, light));
  }
  return { gray: { width, height, data }, coloured: census.coloured() };
}

/** The light of pixels without colour, which need no arithmetic; whether there were no others. */
function copyGrays(colours: Uint8Array, light: Uint8Array): boolean {
  let all = true;
  for (let pixel = 0, at = 0; pixel < light.length; pixel++, at += 3) {
    const value = colours[at] as number;
    if (value === colours[at + 1] && value === colours[at + 2]) light[pixel] = value;
    else all = false;
  }
  return all;
}

function colourBand(band: Picture, light: Uint8Array): OklabPicture {
  const colours = oklabPicture(band);
  for (let pixel = 0, at = 0; pixel < light.length; pixel++, at += 3) {
    const value = band.data[at];
    if (value === band.data[at + 1] && value === band.data[at + 2]) continue;
    const step = Math.floor((colours.l[pixel] as number) * STEPS + 0.5);
    light[pixel] = GRAY_OF_STEP[Math.max(0, Math.min(STEPS, step))] as number;
  }
  return colours;
}

import { ciede2000, cielabOf } from "../../src/algorithms/colour/ciede2000.ts";
import { ssim } from "../../src/algorithms/colour/ssim.ts";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import { turnedGray } from "./gray-pages.ts";

/** How near a coloured page comes to the truth. */
export interface Quality {
  /** dB, over all channels. */
  readonly psnr: number;
  /** Of the grays. */
  readonly ssim: number;
  /** Mean CIEDE2000. */
  readonly difference: number;
  /** Share of the pixels with colour whose hue is within 30 degrees of the truth's. */
  readonly hue: number;
  /** Hasler and Süsstrunk 2003. */
  readonly colourfulness: number;
}

/** CIELAB chroma from which a pixel of the truth has a hue, and one of the result has any at all. */
const COLOURED = 8;
const HINT_OF_COLOUR = 2;

/** All metrics of a result against the truth; CIEDE2000 over every fourth pixel. */
export function qualityOf(result: Picture, truth: Picture): Quality {
  const { width, height } = truth;
  const gray = (picture: Picture) => turnedGray(picture).data.filter((_, at) => at % 3 === 0);
  return {
    psnr: psnrOf(result, truth),
    ssim: ssim(gray(result), gray(truth), width, height),
    ...colourQuality(result, truth),
    colourfulness: colourfulnessOf(result),
  };
}

function psnrOf(result: Picture, truth: Picture): number {
  let sum = 0;
  for (let at = 0; at < truth.data.length; at++)
    sum += ((result.data[at] as number) - (truth.data[at] as number)) ** 2;
  return 10 * Math.log10(255 ** 2 / (sum / truth.data.length));
}

function colourQuality(result: Picture, truth: Picture): Pick<Quality, "difference" | "hue"> {
  let difference = 0;
  let seen = 0;
  let coloured = 0;
  let right = 0;
  for (let at = 0; at < truth.data.length; at += 12) {
    const [one, other] = [labAt(result, at), labAt(truth, at)];
    difference += ciede2000(one, other);
    seen++;
    if (Math.hypot(other[1], other[2]) < COLOURED) continue;
    coloured++;
    const turn = Math.abs(Math.atan2(one[2], one[1]) - Math.atan2(other[2], other[1])) * (180 / Math.PI);
    if (Math.min(turn, 360 - turn) <= 30 && Math.hypot(one[1], one[2]) >= HINT_OF_COLOUR) right++;
  }
  return { difference: difference / seen, hue: right / Math.max(1, coloured) };
}

function labAt({ data }: Picture, at: number) {
  return cielabOf(data[at] as number, data[at + 1] as number, data[at + 2] as number);
}

function colourfulnessOf({ data }: Picture): number {
  const count = data.length / 3;
  const sums = [0, 0, 0, 0];
  for (let at = 0; at < data.length; at += 3) {
    const [red, green, blue] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    const [redGreen, yellowBlue] = [red - green, (red + green) / 2 - blue];
    [redGreen, yellowBlue, redGreen ** 2, yellowBlue ** 2].forEach((value, part) => {
      sums[part] = (sums[part] as number) + value / count;
    });
  }
  const [rg = 0, yb = 0, rg2 = 0, yb2 = 0] = sums;
  return Math.sqrt(rg2 - rg ** 2 + (yb2 - yb ** 2)) + 0.3 * Math.hypot(rg, yb);
}

import type { Picture } from "../image/picture.ts";
import { cubeRoot } from "./cube-root.ts";
import { byteOfLinear, LINEAR_OF_BYTE } from "./srgb.ts";

/**
 * A picture in OKLab (Ottosson 2020, "A perceptual color space for image processing"): three planes
 * `[height, width] row-major`. l 0 black to 1 white; a and b about -0.4 to 0.4, both 0 for grays.
 */
export interface OklabPicture {
  readonly width: number;
  readonly height: number;
  readonly l: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
}

/** OKLab of one colour. */
export type Oklab = readonly [l: number, a: number, b: number];

/** A picture's OKLab planes; about 50 ns a pixel that is not gray. */
export function oklabPicture(picture: Picture): OklabPicture {
  const { width, height, data } = picture;
  const pixels = width * height;
  const l = new Float32Array(pixels);
  const a = new Float32Array(pixels);
  const b = new Float32Array(pixels);
  for (let at = 0, from = 0; at < pixels; at++, from += 3) {
    const [red, green, blue] = [data[from] as number, data[from + 1] as number, data[from + 2] as number];
    if (red === green && green === blue) {
      l[at] = GRAYS.l[red] as number;
      a[at] = GRAYS.a[red] as number;
      b[at] = GRAYS.b[red] as number;
    } else writeOklab(red, green, blue, l, a, b, at);
  }
  return { width, height, l, a, b };
}

function writeOklab(
  redByte: number,
  greenByte: number,
  blueByte: number,
  l: Float32Array,
  a: Float32Array,
  b: Float32Array,
  at: number,
): void {
  const red = LINEAR_OF_BYTE[redByte] as number;
  const green = LINEAR_OF_BYTE[greenByte] as number;
  const blue = LINEAR_OF_BYTE[blueByte] as number;
  const long = cubeRoot(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = cubeRoot(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = cubeRoot(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  l[at] = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short;
  a[at] = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
  b[at] = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
}

/** Of each gray byte, as {@link oklabPicture} has it: pages have few other pixels. */
const GRAYS = grays();

function grays(): { readonly l: Float32Array; readonly a: Float32Array; readonly b: Float32Array } {
  const [l, a, b] = [new Float32Array(256), new Float32Array(256), new Float32Array(256)];
  for (let byte = 0; byte < 256; byte++) writeOklab(byte, byte, byte, l, a, b, byte);
  return { l, a, b };
}

/** OKLab of an sRGB colour of bytes. */
export function oklabOf(red: number, green: number, blue: number): Oklab {
  const { l, a, b } = oklabPicture({ width: 1, height: 1, data: Uint8Array.of(red, green, blue) });
  return [l[0] as number, a[0] as number, b[0] as number];
}

/** OKLab l of each gray byte: 256 values. */
export const LIGHTNESS_OF_GRAY: Float32Array = Float32Array.from({ length: 256 }, (_, byte) =>
  Math.cbrt(LINEAR_OF_BYTE[byte] as number),
);

/** The gray, 0 black to 1 white in sRGB's coding, of an OKLab l. */
export function grayOfLightness(lightness: number): number {
  const linear = lightness * lightness * lightness;
  if (linear <= 0.0031308) return 12.92 * Math.max(0, linear);
  return Math.min(1, 1.055 * linear ** (1 / 2.4) - 0.055);
}

/** Writes an OKLab colour as three sRGB bytes at `at` of `into`. What sRGB cannot show is cut off per channel. */
export function writeSrgb(l: number, a: number, b: number, into: Uint8Array, at: number): void {
  const long = cube(l + 0.3963377774 * a + 0.2158037573 * b);
  const medium = cube(l - 0.1055613458 * a - 0.0638541728 * b);
  const short = cube(l - 0.0894841775 * a - 1.291485548 * b);
  into[at] = byteOfLinear(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short);
  into[at + 1] = byteOfLinear(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short);
  into[at + 2] = byteOfLinear(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short);
}

/** The third power: several times as fast as `** 3`, which is a call. */
export function cube(value: number): number {
  return value * value * value;
}

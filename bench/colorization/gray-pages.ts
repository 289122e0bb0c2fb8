import type { Picture } from "../../src/algorithms/image/picture.ts";

/** A colour page turned gray (Rec. 601): what is left is its shading. */
export function turnedGray(page: Picture): Picture {
  return asPicture(grayOf(page), page);
}

const FINE = 0.9;
const COARSE = 2.2;
/** How much darker than around a line is. */
const LINE_FROM = 5;
const LINE_FULL = 14;
const BLACK = 38;
/** Pixels between dots, for each 200 of the page's width. */
const PITCH = 1;
/** Gray from which a tone is used, and the share of black in it. */
const TONES: readonly (readonly [from: number, black: number])[] = [
  [182, 0],
  [120, 0.3],
  [70, 0.6],
  [0, 0.85],
];

/**
 * A colour page as one drawn for print: ink lines (difference of Gaussians), solid blacks, and three dot screens at 45
 * degrees for its middle tones; what is light stays white.
 */
export function turnedScreentone(page: Picture): Picture {
  const { width, height } = page;
  const gray = Float32Array.from(grayOf(page));
  const fine = blurred(gray, width, height, FINE);
  const coarse = blurred(gray, width, height, COARSE);
  const shade = blurred(gray, width, height, 3);
  const pitch = Math.max(3.5, (PITCH * width) / 200);
  const drawn = new Uint8Array(gray.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const line = clamp(
        ((coarse[at] as number) - (fine[at] as number) - LINE_FROM) / (LINE_FULL - LINE_FROM),
      );
      const solid = clamp((BLACK + 8 - (fine[at] as number)) / 16);
      drawn[at] = Math.round(
        255 * (1 - Math.max(line, solid, dot(x, y, pitch, blackShare(shade[at] as number)))),
      );
    }
  return asPicture(drawn, page);
}

function blackShare(gray: number): number {
  return TONES.find(([from]) => gray >= from)?.[1] ?? 1;
}

/** Ink of a dot screen at a pixel, with soft edges. */
function dot(x: number, y: number, pitch: number, black: number): number {
  if (black === 0) return 0;
  const u = ((x + y) * Math.SQRT1_2 * 2 * Math.PI) / pitch;
  const v = ((x - y) * Math.SQRT1_2 * 2 * Math.PI) / pitch;
  // The share of a wave above a threshold, about: exact at 0, one half and 1.
  const wave = (Math.cos(u) + Math.cos(v)) / 4 + 0.5;
  return clamp((wave - (1 - black)) * pitch * 0.8 + 0.5);
}

function grayOf({ data }: Picture): Uint8Array {
  const gray = new Uint8Array(data.length / 3);
  for (let pixel = 0, at = 0; pixel < gray.length; pixel++, at += 3)
    gray[pixel] = Math.round(
      0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number),
    );
  return gray;
}

function asPicture(gray: Uint8Array, { width, height }: Picture): Picture {
  const data = new Uint8Array(3 * gray.length);
  for (let pixel = 0; pixel < gray.length; pixel++)
    data.fill(gray[pixel] as number, 3 * pixel, 3 * pixel + 3);
  return { width, height, data };
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function blurred(values: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const radius = Math.ceil(3 * sigma);
  const kernel = Array.from({ length: 2 * radius + 1 }, (_, at) =>
    Math.exp(-((at - radius) ** 2) / (2 * sigma ** 2)),
  );
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  const pass = (from: Float32Array, across: boolean): Float32Array => {
    const into = new Float32Array(from.length);
    const [last, step] = across ? [width - 1, 1] : [height - 1, width];
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const pixel = y * width + x;
        const place = across ? x : y;
        let sum = 0;
        for (let tap = -radius; tap <= radius; tap++) {
          const shift = Math.min(last, Math.max(0, place + tap)) - place;
          sum += (kernel[tap + radius] as number) * (from[pixel + shift * step] as number);
        }
        into[pixel] = sum / total;
      }
    return into;
  };
  return pass(pass(values, true), false);
}

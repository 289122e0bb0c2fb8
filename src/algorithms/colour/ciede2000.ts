import { cubeRoot } from "./cube-root.ts";
import { LINEAR_OF_BYTE } from "./srgb.ts";

/** CIELAB under D65, 2 degrees: L 0..100, a and b about -128..127. */
export type Cielab = readonly [l: number, a: number, b: number];

/** CIELAB of an sRGB colour of bytes (IEC 61966-2-1's matrix, white 0.95047, 1, 1.08883). */
export function cielabOf(red: number, green: number, blue: number): Cielab {
  const r = LINEAR_OF_BYTE[red] as number;
  const g = LINEAR_OF_BYTE[green] as number;
  const b = LINEAR_OF_BYTE[blue] as number;
  const x = pivot((0.412453 * r + 0.35758 * g + 0.180423 * b) / 0.95047);
  const y = pivot(0.212671 * r + 0.71516 * g + 0.072169 * b);
  const z = pivot((0.019334 * r + 0.119193 * g + 0.950227 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/**
 * The colour difference CIEDE2000 with kL = kC = kH = 1 (Sharma, Wu, Dalal 2005, "The CIEDE2000 color-difference
 * formula: implementation notes"). 1 is about what an eye just sees.
 */
export function ciede2000(one: Cielab, other: Cielab): number {
  const boost = chromaBoost(Math.hypot(one[1], one[2]), Math.hypot(other[1], other[2]));
  const a1 = one[1] * boost;
  const a2 = other[1] * boost;
  const c1 = Math.hypot(a1, one[2]);
  const c2 = Math.hypot(a2, other[2]);
  const h1 = hueOf(a1, one[2]);
  const h2 = hueOf(a2, other[2]);
  const hueStep = hueDifference(h1, h2, c1 * c2);
  const deltaL = other[0] - one[0];
  const deltaC = c2 - c1;
  const deltaH = 2 * Math.sqrt(c1 * c2) * Math.sin(radians(hueStep / 2));
  const meanC = (c1 + c2) / 2;
  const meanH = meanHue(h1, h2, c1 * c2);
  const lightness = ((one[0] + other[0]) / 2 - 50) ** 2;
  const sl = 1 + (0.015 * lightness) / Math.sqrt(20 + lightness);
  const sc = 1 + 0.045 * meanC;
  const sh = 1 + 0.015 * meanC * hueWeight(meanH);
  const l = deltaL / sl;
  const c = deltaC / sc;
  const h = deltaH / sh;
  return Math.sqrt(Math.max(0, l * l + c * c + h * h + rotation(meanC, meanH) * c * h));
}

function pivot(share: number): number {
  return share > 0.008856 ? cubeRoot(share) : 7.787 * share + 16 / 116;
}

const TWENTY_FIVE_7 = 25 ** 7;

function chromaBoost(c1: number, c2: number): number {
  const seventh = ((c1 + c2) / 2) ** 7;
  return 1 + 0.5 * (1 - Math.sqrt(seventh / (seventh + TWENTY_FIVE_7)));
}

function hueOf(a: number, b: number): number {
  if (a === 0 && b === 0) return 0;
  const degrees = (Math.atan2(b, a) * 180) / Math.PI;
  return degrees < 0 ? degrees + 360 : degrees;
}

function hueDifference(h1: number, h2: number, chromas: number): number {
  if (chromas === 0) return 0;
  const step = h2 - h1;
  if (step > 180) return step - 360;
  return step < -180 ? step + 360 : step;
}

function meanHue(h1: number, h2: number, chromas: number): number {
  const sum = h1 + h2;
  if (chromas === 0) return sum;
  if (Math.abs(h1 - h2) <= 180) return sum / 2;
  return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
}

function hueWeight(hue: number): number {
  return (
    1 -
    0.17 * Math.cos(radians(hue - 30)) +
    0.24 * Math.cos(radians(2 * hue)) +
    0.32 * Math.cos(radians(3 * hue + 6)) -
    0.2 * Math.cos(radians(4 * hue - 63))
  );
}

function rotation(chroma: number, hue: number): number {
  const seventh = chroma ** 7;
  const turn = 30 * Math.exp(-(((hue - 275) / 25) ** 2));
  return -2 * Math.sqrt(seventh / (seventh + TWENTY_FIVE_7)) * Math.sin(radians(2 * turn));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

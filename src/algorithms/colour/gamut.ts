import { cube, writeSrgb } from "./oklab.ts";

/** How far outside 0..1 linear light may lie and still count as shown: below half a byte's step. */
const SLACK = 1e-4;
const HALVINGS = 12;

/** Whether sRGB can show an OKLab colour. */
export function inGamut(l: number, a: number, b: number): boolean {
  const long = cube(l + 0.3963377774 * a + 0.2158037573 * b);
  const medium = cube(l - 0.1055613458 * a - 0.0638541728 * b);
  const short = cube(l - 0.0894841775 * a - 1.291485548 * b);
  return (
    shown(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short) &&
    shown(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short) &&
    shown(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short)
  );
}

/**
 * The largest share of a colour's chroma, 0..1, that sRGB can show at the same lightness and hue, by bisection.
 * 1 for a colour that it can show whole.
 */
export function shownChroma(l: number, a: number, b: number): number {
  if (inGamut(l, a, b)) return 1;
  let low = 0;
  let high = 1;
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (inGamut(l, a * middle, b * middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Writes an OKLab colour as three sRGB bytes; what sRGB cannot show loses chroma, never hue or lightness. */
export function writeShownSrgb(l: number, a: number, b: number, into: Uint8Array, at: number): void {
  const lightness = Math.min(1, Math.max(0, l));
  const share = shownChroma(lightness, a, b);
  writeSrgb(lightness, a * share, b * share, into, at);
}

function shown(linear: number): boolean {
  return linear >= -SLACK && linear <= 1 + SLACK;
}

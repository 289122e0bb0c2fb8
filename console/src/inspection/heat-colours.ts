/** Red, green, blue and opacity at 0, 1/4, ... 1: dark violet, magenta, orange, yellow; even in lightness. */
const STOPS = [
  [40, 11, 84, 0],
  [101, 21, 110, 0.35],
  [212, 72, 66, 0.75],
  [250, 160, 30, 0.9],
  [252, 245, 120, 1],
] as const;

/** Turns gray pixels (RGBA, in place) into heat: the hotter, the brighter and the less transparent. */
export function heatColours(pixels: Uint8ClampedArray): void {
  for (let at = 0; at < pixels.length; at += 4) {
    const place = ((pixels[at] as number) / 255) * (STOPS.length - 1);
    const low = Math.min(STOPS.length - 2, Math.floor(place));
    const share = place - low;
    const [from, to] = [STOPS[low] as (typeof STOPS)[number], STOPS[low + 1] as (typeof STOPS)[number]];
    for (let part = 0; part < 4; part++) {
      const value = (from[part] as number) * (1 - share) + (to[part] as number) * share;
      pixels[at + part] = part === 3 ? value * 255 : value;
    }
  }
}

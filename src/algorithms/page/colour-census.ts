import type { OklabPicture } from "../colour/oklab.ts";

const CELL = 4;
const LEVELS = 16;
/** Chroma of yellowed paper and of a scanner's tint stays below this. */
const STRONG_CHROMA = 0.11;
/** How far from the page's own tint a colour must lie. JPEG noise, averaged over a cell, stays below it. */
const APART = 0.035;
const COLOURED_SHARE = 0.03;
/** Tints are told apart in steps of 1/128 from -0.5 to 0.5. */
const BINS = 128;

/**
 * Tells a coloured page from a gray one on yellowed or tinted paper: a tint is one colour per lightness, while a
 * coloured page has several. Cells of 4 x 4 pixels are counted, so that noise averages out.
 */
export class ColourCensus {
  readonly #counts = new Int32Array(LEVELS * BINS * BINS);
  #cells = 0;

  /** Adds a band of the page. */
  count({ width, height, l, a, b }: OklabPicture): void {
    const stepX = Math.min(CELL, width);
    const stepY = Math.min(CELL, height);
    for (let y = 0; y + stepY <= height; y += stepY) {
      for (let x = 0; x + stepX <= width; x += stepX) {
        let [light, red, yellow] = [0, 0, 0];
        for (let row = y; row < y + stepY; row++)
          for (let pixel = row * width + x; pixel < row * width + x + stepX; pixel++) {
            light += l[pixel] as number;
            red += a[pixel] as number;
            yellow += b[pixel] as number;
          }
        this.#add(light / (stepX * stepY), red / (stepX * stepY), yellow / (stepX * stepY));
      }
    }
  }

  /** Adds a band that has grays only. */
  countGrays({ width, height }: { readonly width: number; readonly height: number }): void {
    this.#cells += Math.max(1, Math.floor(width / CELL)) * Math.max(1, Math.floor(height / CELL));
  }

  /** Whether at least 3 in 100 cells have a colour of their own, or so strong a tint that it is meant. */
  coloured(): boolean {
    let own = 0;
    for (let level = 0; level < LEVELS; level++) {
      const cells = this.#counts.subarray(level * BINS * BINS, (level + 1) * BINS * BINS);
      const [tintA, tintB] = [median(cells, BINS, 1), median(cells, 1, BINS)];
      for (let bin = 0; bin < cells.length; bin++) {
        const count = cells[bin] as number;
        if (count === 0) continue;
        const [a, b] = [valueAt(bin >> 7), valueAt(bin & 127)];
        if (
          Math.hypot(a, b) > STRONG_CHROMA ||
          (Math.hypot(a - tintA, b - tintB) > APART && Math.hypot(a, b) > APART)
        )
          own += count;
      }
    }
    return own > COLOURED_SHARE * this.#cells;
  }

  #add(light: number, a: number, b: number): void {
    const level = Math.max(0, Math.min(LEVELS - 1, Math.floor(light * LEVELS)));
    const bin = (level * BINS + binOf(a)) * BINS + binOf(b);
    this.#counts[bin] = (this.#counts[bin] as number) + 1;
    this.#cells++;
  }
}

function binOf(value: number): number {
  return Math.max(0, Math.min(BINS - 1, Math.round((value + 0.5) * BINS)));
}

function valueAt(bin: number): number {
  return bin / BINS - 0.5;
}

/** The value that half of the cells stay below, along the axis whose bins lie `stride` apart. */
function median(cells: Int32Array, stride: number, across: number): number {
  const totals = new Int32Array(BINS);
  let all = 0;
  for (let bin = 0; bin < BINS; bin++)
    for (let other = 0; other < BINS; other++) {
      const count = cells[bin * stride + other * across] as number;
      totals[bin] = (totals[bin] as number) + count;
      all += count;
    }
  let seen = 0;
  let bin = 0;
  while (bin < BINS - 1 && seen + (totals[bin] as number) < all / 2) seen += totals[bin++] as number;
  return valueAt(bin);
}

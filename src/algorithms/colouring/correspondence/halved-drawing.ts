import type { AnalysisView } from "../analysis/analysis-view.ts";

/** A drawing at half its size, lines and all, smoothed. Planes `[height, width]` row-major. */
export interface HalvedDrawing {
  readonly width: number;
  readonly height: number;
  /** 0 black to 1 white. */
  readonly drawing: Float32Array;
  /** Share of each pixel where colour belongs. */
  readonly free: Float32Array;
}

/**
 * Half the size and smooth: what is left of dots and grain makes no edges, and the same outline drawn a little otherwise
 * makes the same ones. O(pixels).
 */
export function halvedDrawing({
  width: columns,
  height: rows,
  tone,
  ink,
  free,
}: AnalysisView): HalvedDrawing {
  const width = Math.max(1, columns >> 1);
  const height = Math.max(1, rows >> 1);
  const drawing = new Float32Array(width * height);
  const inside = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0;
      let coloured = 0;
      for (const pixel of [0, 1, columns, columns + 1]) {
        const at = Math.min(tone.length - 1, 2 * y * columns + 2 * x + pixel);
        sum += (tone[at] as number) * (1 - (ink[at] as number));
        coloured += free[at] as number;
      }
      drawing[y * width + x] = sum / 4;
      inside[y * width + x] = coloured / 4;
    }
  return { width, height, drawing: smoothed(drawing, width, height), free: inside };
}

/** A binomial of three by three. */
function smoothed(values: Float32Array, width: number, height: number): Float32Array {
  const across = new Float32Array(values.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const left = values[x > 0 ? at - 1 : at] as number;
      const right = values[x + 1 < width ? at + 1 : at] as number;
      across[at] = (left + 2 * (values[at] as number) + right) / 4;
    }
  const both = new Float32Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const above = across[at >= width ? at - width : at] as number;
    const below = across[at + width < values.length ? at + width : at] as number;
    both[at] = (above + 2 * (across[at] as number) + below) / 4;
  }
  return both;
}

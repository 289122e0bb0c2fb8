import type { AnalysisView } from "../analysis/analysis-view.ts";
import type { Segmentation } from "../segmentation/segment.ts";
import { type Passages, passageCost, smoothAlong, type ThreePlanes } from "./smooth-along.ts";

const TONE_COST = 90;
const INK_COST = 25;
/** Between trapped balls and at the edge of what is coloured. */
const WALL = 127;
/** Reach of the smoothing in hundredths of the square root of the drawing's area. */
const REACH = 1.6;

/**
 * Regions' shades as three planes, smoothed along the drawing: `[height, width] row-major` each; 0 where colour does
 * not belong. O(pixels).
 *
 * @param colours `[regions, 3] row-major`
 */
export function paintPlanes(view: AnalysisView, cut: Segmentation, colours: Float32Array): ThreePlanes {
  const painted = (part: number): Float32Array => {
    const plane = new Float32Array(cut.regions.labels.length);
    for (let pixel = 0; pixel < plane.length; pixel++) {
      const label = cut.regions.labels[pixel] as number;
      if (label >= 0) plane[pixel] = colours[3 * label + part] as number;
    }
    return plane;
  };
  const planes: ThreePlanes = [painted(0), painted(1), painted(2)];
  smoothAlong(planes, passagesOf(view, cut), (REACH * Math.sqrt(view.width * view.height)) / 100);
  return planes;
}

function passagesOf(
  { width, height, tone, ink, free }: AnalysisView,
  { balls: { pieces } }: Segmentation,
): Passages {
  const cost = (pixel: number, next: number): number => {
    if (free[pixel] !== free[next] || pieces[pixel] !== pieces[next]) return passageCost(WALL);
    const step = Math.abs((tone[pixel] as number) - (tone[next] as number));
    const line = Math.max(ink[pixel] as number, ink[next] as number);
    // rounded as the tones are: whether a cost falls into one step or the next is no matter of further digits
    return passageCost(Math.fround(1 + TONE_COST * step + INK_COST * line));
  };
  const across = new Uint16Array(width * height);
  const down = new Uint16Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      if (x + 1 < width) across[pixel] = cost(pixel, pixel + 1);
      if (y + 1 < height) down[pixel] = cost(pixel, pixel + width);
    }
  return { width, height, across, down };
}

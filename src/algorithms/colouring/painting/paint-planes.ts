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
  const { labels } = cut.regions;
  const planes: ThreePlanes = [
    painted(labels, colours, 0),
    painted(labels, colours, 1),
    painted(labels, colours, 2),
  ];
  smoothAlong(planes, passagesOf(view, cut), (REACH * Math.sqrt(view.width * view.height)) / 100);
  return planes;
}

/** One part of the colours of each pixel's region. */
function painted(labels: Int32Array, colours: Float32Array, part: number): Float32Array {
  const plane = new Float32Array(labels.length);
  for (let pixel = 0; pixel < plane.length; pixel++) {
    const label = labels[pixel] as number;
    if (label >= 0) plane[pixel] = colours[3 * label + part] as number;
  }
  return plane;
}

function passagesOf(view: AnalysisView, { balls: { pieces } }: Segmentation): Passages {
  const { width, height } = view;
  const across = new Uint16Array(width * height);
  const down = new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    writeCosts(view, pieces, y * width, width - 1, 1, across);
    if (y + 1 < height) writeCosts(view, pieces, y * width, width, width, down);
  }
  return { width, height, across, down };
}

/** Costs of the steps of `length` to the pixels `step` further on. */
function writeCosts(
  { tone, ink, free }: AnalysisView,
  pieces: Int32Array,
  from: number,
  length: number,
  step: number,
  costs: Uint16Array,
): void {
  for (let pixel = from; pixel < from + length; pixel++) {
    const next = pixel + step;
    const isWall = free[pixel] !== free[next] || pieces[pixel] !== pieces[next];
    const unlike = Math.abs((tone[pixel] as number) - (tone[next] as number));
    const line = Math.max(ink[pixel] as number, ink[next] as number);
    // rounded as the tones are: whether a cost falls into one step or the next is no matter of further digits
    costs[pixel] = passageCost(isWall ? WALL : Math.fround(1 + TONE_COST * unlike + INK_COST * line));
  }
}

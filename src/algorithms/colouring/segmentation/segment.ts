import type { AnalysisView } from "../analysis/analysis-view.ts";
import { type RegionGraph, regionGraph } from "./region-graph.ts";
import { type Superpixels, superpixels } from "./superpixels.ts";
import { type TrappedBalls, trappedBalls } from "./trapped-balls.ts";

/** A drawing in regions. */
export interface Segmentation {
  readonly regions: Superpixels;
  readonly balls: TrappedBalls;
  readonly graph: RegionGraph;
}

/** Ball radii in hundredths of the square root of the drawing's area. */
const BALLS = [1, 0.5, 0.25] as const;

/** A region of fewer pixels says nothing. */
const LEAST_AREA = 200;

/** A drawing cut into at most about `most` regions, and which of them touch. O(pixels). */
export function segment(view: AnalysisView, most: number): Segmentation {
  const unit = Math.sqrt(view.width * view.height) / 100;
  const balls = trappedBalls(
    view,
    BALLS.map((radius) => radius * unit),
  );
  const regions = superpixels(
    view,
    balls,
    Math.min(most, Math.ceil((view.width * view.height) / LEAST_AREA)),
  );
  return { regions, balls, graph: regionGraph(view, regions, balls) };
}

import type { RegionGraph } from "../segmentation/region-graph.ts";

const ROUNDS = 40;

/**
 * Colours that lie as near to the wanted ones as those are certain and are otherwise smooth over the graph: a screened
 * Poisson equation, by Gauss-Seidel with a fixed number of rounds. O(rounds x edges). A new array.
 *
 * @param wanted `[regions, 3] row-major`
 * @param confidence 0..1 of each region
 * @param smoothness how much a neighbour counts against one's own wanted colour at confidence 1
 */
export function spreadColours(
  wanted: Float32Array,
  confidence: Float32Array,
  graph: RegionGraph,
  smoothness: number,
): Float32Array {
  const colours = wanted.slice();
  for (let round = 0; round < ROUNDS; round++)
    for (let region = 0; region < confidence.length; region++)
      settle(colours, wanted, (confidence[region] as number) + 1e-3, graph, smoothness, region);
  return colours;
}

/** A region takes the mean of what it wants, which counts `own`, and of its neighbours. */
function settle(
  colours: Float32Array,
  wanted: Float32Array,
  own: number,
  { offsets, neighbours, weights }: RegionGraph,
  smoothness: number,
  region: number,
): void {
  const at = 3 * region;
  let total = own;
  let first = own * (wanted[at] as number);
  let second = own * (wanted[at + 1] as number);
  let third = own * (wanted[at + 2] as number);
  const end = offsets[region + 1] as number;
  for (let edge = offsets[region] as number; edge < end; edge++) {
    const from = 3 * (neighbours[edge] as number);
    const weight = smoothness * (weights[edge] as number);
    total += weight;
    first += weight * (colours[from] as number);
    second += weight * (colours[from + 1] as number);
    third += weight * (colours[from + 2] as number);
  }
  colours[at] = first / total;
  colours[at + 1] = second / total;
  colours[at + 2] = third / total;
}

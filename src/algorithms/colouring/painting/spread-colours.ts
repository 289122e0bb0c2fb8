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
  { offsets, neighbours, weights }: RegionGraph,
  smoothness: number,
): Float32Array {
  const colours = wanted.slice();
  for (let round = 0; round < ROUNDS; round++)
    for (let region = 0; region + 1 < offsets.length; region++) {
      const own = (confidence[region] as number) + 1e-3;
      let total = own;
      let [first, second, third] = [
        own * (wanted[3 * region] as number),
        own * (wanted[3 * region + 1] as number),
        own * (wanted[3 * region + 2] as number),
      ];
      for (let edge = offsets[region] as number; edge < (offsets[region + 1] as number); edge++) {
        const from = 3 * (neighbours[edge] as number);
        const weight = smoothness * (weights[edge] as number);
        total += weight;
        first += weight * (colours[from] as number);
        second += weight * (colours[from + 1] as number);
        third += weight * (colours[from + 2] as number);
      }
      colours[3 * region] = first / total;
      colours[3 * region + 1] = second / total;
      colours[3 * region + 2] = third / total;
    }
  return colours;
}

import type { RegionGraph } from "../segmentation/region-graph.ts";

const ROUNDS = 12;

/**
 * Beliefs that neighbours agree on: a mean-field step of a Potts model on the region graph, repeated (Krähenbühl and
 * Koltun 2011, on a sparse graph). A new array. O(rounds x edges x labels).
 *
 * @param beliefs `[regions, labels] row-major`, rows sum to 1
 * @param tie how many times a neighbour's belief counts
 */
export function agreeWithNeighbours(
  beliefs: Float32Array,
  labels: number,
  { offsets, neighbours, weights }: RegionGraph,
  tie: number,
): Float32Array {
  const own = beliefs.map((belief) => Math.log(belief + 1e-5));
  let now = beliefs.slice();
  let next = new Float32Array(beliefs.length);
  const energy = new Float32Array(labels);
  for (let round = 0; round < ROUNDS; round++) {
    for (let region = 0; region + 1 < offsets.length; region++) {
      for (let label = 0; label < labels; label++) energy[label] = own[region * labels + label] as number;
      for (let edge = offsets[region] as number; edge < (offsets[region + 1] as number); edge++) {
        const from = (neighbours[edge] as number) * labels;
        const weight = tie * (weights[edge] as number);
        for (let label = 0; label < labels; label++)
          energy[label] = (energy[label] as number) + weight * (now[from + label] as number);
      }
      softmax(energy, next, region * labels);
    }
    [now, next] = [next, now];
  }
  return now;
}

function softmax(energy: Float32Array, into: Float32Array, at: number): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of energy) if (value > most) most = value;
  let sum = 0;
  for (let label = 0; label < energy.length; label++) {
    const value = Math.exp((energy[label] as number) - most);
    into[at + label] = value;
    sum += value;
  }
  for (let label = 0; label < energy.length; label++) into[at + label] = (into[at + label] as number) / sum;
}

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
  graph: RegionGraph,
  tie: number,
): Float32Array {
  const own = beliefs.map((belief) => Math.log(belief + 1e-5));
  let now = beliefs.slice();
  let next = new Float32Array(beliefs.length);
  const energy = new Float32Array(labels);
  for (let round = 0; round < ROUNDS; round++) {
    for (let region = 0; region * labels < own.length; region++) {
      energy.set(own.subarray(region * labels, (region + 1) * labels));
      hearNeighbours(energy, now, graph, tie, region);
      softmax(energy, next, region * labels);
    }
    [now, next] = [next, now];
  }
  return now;
}

/** Adds what a region's neighbours believe. */
function hearNeighbours(
  energy: Float32Array,
  beliefs: Float32Array,
  { offsets, neighbours, weights }: RegionGraph,
  tie: number,
  region: number,
): void {
  const labels = energy.length;
  const end = offsets[region + 1] as number;
  for (let edge = offsets[region] as number; edge < end; edge++) {
    const from = (neighbours[edge] as number) * labels;
    const weight = tie * (weights[edge] as number);
    for (let label = 0; label < labels; label++)
      energy[label] = (energy[label] as number) + weight * (beliefs[from + label] as number);
  }
}

function softmax(energy: Float32Array, into: Float32Array, at: number): void {
  let most = Number.NEGATIVE_INFINITY;
  for (let label = 0; label < energy.length; label++) most = Math.max(most, energy[label] as number);
  let sum = 0;
  for (let label = 0; label < energy.length; label++) {
    const value = Math.exp((energy[label] as number) - most);
    into[at + label] = value;
    sum += value;
  }
  for (let label = 0; label < energy.length; label++) into[at + label] = (into[at + label] as number) / sum;
}

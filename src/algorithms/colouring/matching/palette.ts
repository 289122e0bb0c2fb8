import { seededRandom } from "../../anomaly/seeded-random.ts";

/** The main colours of regions. Structured-cloneable. */
export interface Palette {
  readonly count: number;
  /** `[count, 3] row-major`, OKLab. */
  readonly colours: Float32Array;
  /** Share of the area that each has, 0..1. */
  readonly shares: Float32Array;
  /** Which colour each region has. */
  readonly members: Int32Array;
}

/** A step in lightness counts less than one in colour: shadow and light of a coat are one coat. */
const LIGHTNESS = 0.35;
const ROUNDS = 25;

/**
 * k-means over regions' colours, weighted by area, seeded by k-means++ (Arthur and Vassilvitskii 2007). The same seed
 * gives the same palette. O(rounds x regions x wanted).
 *
 * @param colours `[regions, 3] row-major`, OKLab
 */
export function paletteOf(colours: Float32Array, areas: Float32Array, wanted: number, seed: number): Palette {
  const points = Float32Array.from(colours, (value, at) => (at % 3 === 0 ? LIGHTNESS * value : value));
  const regions = areas.length;
  const centres = firstCentres(points, areas, Math.min(wanted, regions), seed);
  const count = centres.length / 3;
  const members = new Int32Array(regions);
  for (let round = 0; round < ROUNDS; round++) {
    let moved = 0;
    for (let region = 0; region < regions; region++) {
      const nearest = nearestCentre(points, region, centres);
      if (members[region] !== nearest) moved++;
      members[region] = nearest;
    }
    if (moved === 0 && round > 0) break;
    recentre(points, areas, members, centres);
  }
  const shares = new Float32Array(count);
  const total = areas.reduce((sum, area) => sum + area, 0);
  members.forEach((member, region) => {
    shares[member] = (shares[member] as number) + (areas[region] as number) / Math.max(1e-9, total);
  });
  const plain = centres.map((value, at) => (at % 3 === 0 ? value / LIGHTNESS : value));
  return { count, colours: plain, shares, members };
}

function firstCentres(points: Float32Array, areas: Float32Array, wanted: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const regions = areas.length;
  const centres: number[] = [];
  const weights = Float64Array.from(areas);
  const distances = new Float64Array(regions).fill(Number.POSITIVE_INFINITY);
  while (centres.length < 3 * wanted) {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (!(total > 0)) break;
    let left = random.uniform() * total;
    let chosen = 0;
    while (chosen + 1 < regions && left >= (weights[chosen] as number)) left -= weights[chosen++] as number;
    const centre = points.subarray(3 * chosen, 3 * chosen + 3);
    centres.push(...centre);
    for (let region = 0; region < regions; region++) {
      distances[region] = Math.min(distances[region] as number, squaredStep(points, region, centre, 0));
      weights[region] = (areas[region] as number) * (distances[region] as number);
    }
  }
  return Float32Array.from(centres);
}

function nearestCentre(points: Float32Array, region: number, centres: Float32Array): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let centre = 0; centre < centres.length / 3; centre++) {
    const distance = squaredStep(points, region, centres, centre);
    if (distance < least) {
      least = distance;
      nearest = centre;
    }
  }
  return nearest;
}

function recentre(
  points: Float32Array,
  areas: Float32Array,
  members: Int32Array,
  centres: Float32Array,
): void {
  const sums = new Float64Array(centres.length);
  const weights = new Float64Array(centres.length / 3);
  members.forEach((member, region) => {
    const area = areas[region] as number;
    weights[member] = (weights[member] as number) + area;
    for (let part = 0; part < 3; part++)
      sums[3 * member + part] =
        (sums[3 * member + part] as number) + area * (points[3 * region + part] as number);
  });
  for (let at = 0; at < centres.length; at++) {
    const weight = weights[Math.floor(at / 3)] as number;
    if (weight > 0) centres[at] = (sums[at] as number) / weight;
  }
}

function squaredStep(points: Float32Array, region: number, centres: Float32Array, centre: number): number {
  let distance = 0;
  for (let part = 0; part < 3; part++)
    distance += ((points[3 * region + part] as number) - (centres[3 * centre + part] as number)) ** 2;
  return distance;
}

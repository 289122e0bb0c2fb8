import type { DrawingDomain } from "../analysis/drawing-domain.ts";
import { project } from "../describing/projection.ts";
import type { CharacterColour } from "../port.ts";
import { type Candidates, usableDescriptors } from "./candidates.ts";
import { type Nearest, nearestRows } from "./nearest.ts";
import { votesOf } from "./votes.ts";

/** Which regions look like a part of a character. */
export interface FoundCharacters {
  /** Index into `ids` of the part that each region is most like; -1 for none. */
  readonly likest: Int32Array;
  /** 0..1: how sure that is. */
  readonly sureness: Float32Array;
  readonly ids: readonly string[];
}

/** Bounds of the usual distance: where page and reference are the same drawing, and where they have nothing in common. */
const NEAREST_USUAL = 0.15;
const FARTHEST_USUAL = 0.4;
/** How far off a part may be to be one half sure, where the references say something else of it, and the same. */
const DIFFERENT = 0.4;
const SAME = 1.5;
/** How fast sureness falls around that. */
const SLOPE = 6;
const NEAREST = 12;

/** Regions as they are matched with the references. */
export interface Matched {
  /** `[regions, projection.to] row-major` */
  readonly rows: Float32Array;
  readonly nearest: Nearest;
  readonly beliefs: Float32Array;
}

/**
 * Looks for the characters' parts among regions: what looks like a part and has the references say the same of it.
 * O(regions x descriptors of the parts).
 */
export function findCharacters(
  { rows, nearest, beliefs }: Matched,
  candidates: Candidates,
  domain: DrawingDomain,
  characters: readonly CharacterColour[],
): FoundCharacters {
  const regions = nearest.rows.length / nearest.perQuery;
  const likest = new Int32Array(regions).fill(-1);
  const sureness = new Float32Array(regions);
  const ids = characters.map(({ id }) => id);
  const { owners, looks } = looksOf(domain, characters);
  if (owners.length === 0) return { likest, sureness, ids };
  const { projection, shares } = candidates;
  const known = project(projection, looks);
  const saidOfParts = votesOf(
    nearestRows(known, candidates.rows, projection.to, NEAREST),
    candidates,
  ).beliefs;
  const parts = nearestRows(rows, known, projection.to, 1);
  const usual = Math.min(FARTHEST_USUAL, Math.max(NEAREST_USUAL, usualDistance(nearest)));
  for (let region = 0; region < regions; region++) {
    const part = parts.rows[region] as number;
    const agreement = likeness(beliefs, region, saidOfParts, part, shares.length);
    const best = Math.min(usual, nearest.distances[region * nearest.perQuery] as number);
    const limit = (best + usual) * (DIFFERENT + (SAME - DIFFERENT) * agreement);
    likest[region] = owners[part] as number;
    sureness[region] = 1 / (1 + Math.exp(SLOPE * ((parts.distances[region] as number) / limit - 1)));
  }
  return { likest, sureness, ids };
}

/** Descriptors of all parts in a domain, one after the other, and whose each is. */
function looksOf(
  domain: DrawingDomain,
  characters: readonly CharacterColour[],
): { owners: readonly number[]; looks: Float32Array } {
  const owners: number[] = [];
  const looks: number[] = [];
  for (const [at, { descriptors }] of characters.entries())
    for (const descriptor of usableDescriptors(domain, descriptors)) {
      owners.push(at);
      for (let number = 1; number < descriptor.length; number++) looks.push(descriptor[number] as number);
    }
  return { owners, looks: Float32Array.from(looks) };
}

/** Cosine of two rows of beliefs, 0..1. */
function likeness(
  one: Float32Array,
  row: number,
  other: Float32Array,
  otherRow: number,
  labels: number,
): number {
  let [both, first, second] = [0, 0, 0];
  for (let label = 0; label < labels; label++) {
    const a = one[row * labels + label] as number;
    const b = other[otherRow * labels + label] as number;
    both += a * b;
    first += a * a;
    second += b * b;
  }
  return both / (Math.sqrt(first * second) + 1e-9);
}

/** A region that looks like a locked part believes in its colour as far as that is sure. In place. O(regions x labels). */
export function believeInLocked(
  beliefs: Float32Array,
  { likest, sureness, ids }: FoundCharacters,
  { locked, shares }: Candidates,
): void {
  if (locked.size === 0) return;
  const labels = shares.length;
  for (const [region, part] of likest.entries()) {
    const label = locked.get(ids[part] ?? "");
    if (label === undefined) continue;
    const sure = sureness[region] as number;
    for (let other = region * labels; other < (region + 1) * labels; other++)
      beliefs[other] = (1 - sure) * (beliefs[other] as number);
    beliefs[region * labels + label] = sure + (beliefs[region * labels + label] as number);
  }
}

function usualDistance({ distances, perQuery }: Nearest): number {
  const best = distances.filter((distance, at) => at % perQuery === 0 && Number.isFinite(distance)).sort();
  return best[best.length >> 1] ?? 1;
}

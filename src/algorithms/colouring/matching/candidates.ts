import { grayGlow } from "../../colour/gray-glow.ts";
import type { DrawingDomain } from "../analysis/drawing-domain.ts";
import { type Projection, project } from "../describing/projection.ts";
import { DESCRIPTOR_SIZE, toneOf } from "../describing/region-descriptors.ts";
import type { CharacterColour, Exemplar, ReferenceModel } from "../port.ts";
import { shadeAt, type ToneTable } from "./tone-table.ts";

/** Everything a region of the page may take its colour from: the references' regions, then exemplars. */
export interface Candidates {
  readonly count: number;
  /** `[count, projection.to] row-major`: how they look. */
  readonly rows: Float32Array;
  readonly projection: Projection;
  /** `[count, 3] row-major`, OKLab. */
  readonly colours: Float32Array;
  /** `[count, SHADE] row-major`: how their shades differ from the table's at their tones. */
  readonly surplus: Float32Array;
  readonly table: ToneTable;
  /** Which of the page's colours each one is. */
  readonly labels: Int32Array;
  /** How much each one's vote counts. */
  readonly weights: Float32Array;
  /** `[labels, 3] row-major`: the colours that are told apart, OKLab. */
  readonly palette: Float32Array;
  /** Share of the references that each colour has; 0 for those that only exemplars have. */
  readonly shares: Float32Array;
  /** The label of each locked colour. It is a label of its own, however near another colour is. */
  readonly locked: ReadonlyMap<string, number>;
}

const FOUND = 0.5;
/** Colours further apart than this, OKLab with lightness by a third, are told apart. */
const SAME_COLOUR = 0.05;
/** Shades of one thing lie as near as this. */
const SAME_THING = 0.06;
const MOST_EXTRA = 12;
const CODES: Record<DrawingDomain, number> = { plain: 0, screened: 1, inked: 2 };

/** Numbers of an exemplar's descriptor: its domain's code and the region's descriptor. */
const EXEMPLAR_SIZE = 1 + DESCRIPTOR_SIZE;

/** The code that an exemplar's descriptor begins with. */
export function domainCode(domain: DrawingDomain): number {
  return CODES[domain];
}

/** Those descriptors that say how something looks in a domain; each begins with its domain's code. */
export function usableDescriptors(
  domain: DrawingDomain,
  descriptors: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  return descriptors.filter(
    (descriptor) => descriptor.length === EXEMPLAR_SIZE && descriptor[0] === CODES[domain],
  );
}

/** The references' regions and those exemplars that were seen in the same domain. O(count). */
export function candidatesOf(
  references: ReferenceModel,
  domain: DrawingDomain,
  exemplars: readonly Exemplar[],
  characters: readonly CharacterColour[] = [],
): Candidates {
  const looks = references.looks[domain];
  if (looks === undefined) throw new RangeError(`the references were not described for ${domain} pages`);
  const usable = exemplars.filter(
    ({ descriptor }) => descriptor.length === EXEMPLAR_SIZE && descriptor[0] === CODES[domain],
  );
  const { regions } = references;
  const palette = references.palette.flatMap(({ colour }) => [...colour]);
  const labels = [
    ...regions.members,
    ...usable.map(({ colour }) => labelFor(colour, palette, references.palette.length)),
  ];
  const descriptors = Float32Array.from(usable.flatMap(({ descriptor }) => descriptor.slice(1)));
  const seen = project(looks.projection, descriptors);
  const locked = new Map<string, number>();
  for (const { id, colour } of characters.filter((character) => character.locked)) {
    locked.set(id, palette.length / 3);
    palette.push(...colour);
  }
  const shares = references.palette.map(({ share }) => share);
  while (shares.length < palette.length / 3) shares.push(0);
  const candidates: Candidates = {
    count: regions.count + usable.length,
    rows: appended(looks.rows, seen),
    projection: looks.projection,
    colours: appended(
      regions.colours,
      usable.flatMap(({ colour }) => [...colour]),
    ),
    surplus: appended(
      looks.surplus,
      usable.flatMap((exemplar) => surplusOf(exemplar, looks.table)),
    ),
    table: looks.table,
    labels: Int32Array.from(labels),
    weights: appended(
      new Float32Array(regions.count).fill(1),
      usable.map(({ confidence }) => FOUND * confidence),
    ),
    palette: Float32Array.from(palette),
    shares: Float32Array.from(shares),
    locked,
  };
  for (const character of characters) voteInstead(candidates, character);
  return candidates;
}

/** Candidates of the colour that a locked one stands for vote for that one. In place. */
function voteInstead(candidates: Candidates, { id, instead }: CharacterColour): void {
  const label = candidates.locked.get(id);
  if (label === undefined || instead === null) return;
  for (let row = 0; row < candidates.count; row++)
    if (distanceOf(candidates.colours, 3 * row, instead) <= SAME_THING) candidates.labels[row] = label;
}

function distanceOf(colours: ArrayLike<number>, from: number, colour: readonly number[]): number {
  return Math.hypot(
    ((colours[from] as number) - (colour[0] as number)) / 3,
    (colours[from + 1] as number) - (colour[1] as number),
    (colours[from + 2] as number) - (colour[2] as number),
  );
}

function surplusOf({ descriptor, colour }: Exemplar, table: ToneTable): number[] {
  const tone = toneOf(descriptor.slice(1));
  return [...colour, grayGlow(colour)].map((value, part) => value - shadeAt(table, tone, part));
}

/** The label of a colour; a colour unlike all others becomes a new one at the end of `palette`. */
function labelFor(colour: readonly number[], palette: number[], own: number): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let label = 0; label < palette.length / 3; label++) {
    const distance = distanceOf(palette, 3 * label, colour);
    if (distance < least) {
      least = distance;
      nearest = label;
    }
  }
  if (least <= SAME_COLOUR || palette.length / 3 >= own + MOST_EXTRA) return nearest;
  palette.push(...colour);
  return palette.length / 3 - 1;
}

function appended(first: Float32Array, second: Float32Array | readonly number[]): Float32Array {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

import { grayGlow } from "../../colour/gray-glow.ts";
import type { DrawingDomain } from "../analysis/drawing-domain.ts";
import { type Projection, project } from "../describing/projection.ts";
import { DESCRIPTOR_SIZE, toneOf } from "../describing/region-descriptors.ts";
import type { Exemplar, ReferenceModel } from "../port.ts";
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
}

const FOUND = 0.5;
const LOCKED = 8;
/** Colours further apart than this, OKLab with lightness by a third, are told apart. */
const SAME_COLOUR = 0.05;
const MOST_EXTRA = 12;
const CODES: Record<DrawingDomain, number> = { plain: 0, screened: 1, inked: 2 };

/** Numbers of an exemplar's descriptor: its domain's code and the region's descriptor. */
const EXEMPLAR_SIZE = 1 + DESCRIPTOR_SIZE;

/** The code that an exemplar's descriptor begins with. */
export function domainCode(domain: DrawingDomain): number {
  return CODES[domain];
}

/** The references' regions and those exemplars that were seen in the same domain. O(count). */
export function candidatesOf(
  references: ReferenceModel,
  domain: DrawingDomain,
  exemplars: readonly Exemplar[],
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
  const shares = references.palette.map(({ share }) => share);
  while (shares.length < palette.length / 3) shares.push(0);
  return {
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
      usable.map(({ confidence, character }) => (character === null ? FOUND * confidence : LOCKED)),
    ),
    palette: Float32Array.from(palette),
    shares: Float32Array.from(shares),
  };
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
    const distance = Math.hypot(
      ((palette[3 * label] as number) - (colour[0] as number)) / 3,
      (palette[3 * label + 1] as number) - (colour[1] as number),
      (palette[3 * label + 2] as number) - (colour[2] as number),
    );
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

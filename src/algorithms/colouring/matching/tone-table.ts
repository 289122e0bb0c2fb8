import { LIGHTNESS_OF_GRAY, type Oklab } from "../../colour/oklab.ts";
import type { AnalysisView } from "../analysis/analysis-view.ts";
import { type DrawingDomain, meantBy } from "../analysis/drawing-domain.ts";
import type { ReferenceView } from "../analysis/reference-view.ts";

/**
 * The mean colour that each tone has in the references, whatever is drawn: `[BINS, SHADE] row-major`, OKLab l, a, b
 * and glow (how much lighter the colour is than its gray). Structured-cloneable.
 */
export type ToneTable = Float32Array;

/** Numbers of a shade: OKLab l, a, b and glow. */
export const SHADE = 4;
const BINS = 64;
/** Share of the references that it takes to know a tone's colour. */
const ENOUGH = 1e-3;
/** How much of the way the lightness goes to the meant one where the references lack a tone. */
const MEANT = 0.9;
/** A tone is lacking where the nearest that the references have is lighter by more than this. */
const NEAR = 0.06;

/** A reference, and the same as a page of the domain would show it. */
export interface ShownReference {
  readonly seen: ReferenceView;
  readonly shown: AnalysisView;
}

/**
 * The table of all references. A plain page has its lines' darkness in common with them; on a drawn one only what lies
 * beside the lines has a tone. A tone that they lack borrows from those around it; one darker than all that they have,
 * from their ink as well. O(pixels).
 *
 * @param ink colour of the references' ink; null where unknown
 */
export function toneTable(
  domain: DrawingDomain,
  references: readonly ShownReference[],
  ink: Oklab | null,
): ToneTable {
  const sums = new Float64Array(BINS * (SHADE + 2));
  for (const { seen, shown } of references) addTones(sums, domain, seen, shown);
  const table = new Float32Array(BINS * SHADE);
  for (let bin = 0; bin < BINS; bin++) {
    const mixed = around(sums, bin);
    const weight = mixed[SHADE + 1] as number;
    for (let part = 0; part < SHADE; part++) table[bin * SHADE + part] = (mixed[part] as number) / weight;
    if (domain === "plain") continue;
    const known = (mixed[SHADE] as number) / weight;
    const meant = meantBy(domain, (bin + 0.5) / BINS);
    table[bin * SHADE] = (table[bin * SHADE] as number) + MEANT * (meant - known);
    const share = ink === null ? 0 : shareOfInk(meant, known, ink);
    for (const part of [1, 2]) {
      const usual = table[bin * SHADE + part] as number;
      table[bin * SHADE + part] = usual + share * ((ink?.[part] ?? usual) - usual);
    }
  }
  return table;
}

/** How much of the ink's colour a tone takes that is meant darker than all that the references have. */
function shareOfInk(meant: number, known: number, [darkest]: Oklab): number {
  const lacking = known - NEAR - meant;
  return lacking <= 0 || darkest >= known ? 0 : Math.min(1, lacking / (known - darkest));
}

/** One part (0 l, 1 a, 2 b, 3 glow) of the shade at a tone, between bins in proportion. */
export function shadeAt(table: ToneTable, tone: number, part: number): number {
  const place = Math.min(BINS - 1, Math.max(0, tone * BINS - 0.5));
  const bin = Math.min(BINS - 2, Math.floor(place));
  const low = table[bin * SHADE + part] as number;
  return low + (place - bin) * ((table[(bin + 1) * SHADE + part] as number) - low);
}

function addTones(sums: Float64Array, domain: DrawingDomain, seen: ReferenceView, shown: AnalysisView): void {
  const pixels = seen.gray.length;
  const plain = domain === "plain";
  for (let pixel = 0; pixel < pixels; pixel++) {
    // White paper says nothing about white things, but where a shaded page fades to white it says all.
    if (!plain && seen.view.free[pixel] === 0) continue;
    const gray = LIGHTNESS_OF_GRAY[seen.gray[pixel] as number] as number;
    const tone = plain ? gray : (shown.tone[pixel] as number);
    const weight = (plain ? 1 : 1 - (shown.ink[pixel] as number)) / pixels;
    const at = Math.min(BINS - 1, Math.floor(tone * BINS)) * (SHADE + 2);
    const l = seen.colours.l[pixel] as number;
    sums[at] = (sums[at] as number) + weight * l;
    sums[at + 1] = (sums[at + 1] as number) + weight * (seen.colours.a[pixel] as number);
    sums[at + 2] = (sums[at + 2] as number) + weight * (seen.colours.b[pixel] as number);
    sums[at + 3] = (sums[at + 3] as number) + weight * (l - gray);
    sums[at + 4] = (sums[at + 4] as number) + weight * (seen.view.tone[pixel] as number);
    sums[at + 5] = (sums[at + 5] as number) + weight;
  }
}

/** Sums around a bin, as far as it takes to have enough. */
function around(sums: Float64Array, bin: number): Float64Array {
  const parts = SHADE + 2;
  for (let reach = 2; ; reach *= 2) {
    const mixed = new Float64Array(parts);
    for (let other = 0; other < BINS; other++) {
      const weight = Math.exp(-2 * ((other - bin) / reach) ** 2);
      for (let part = 0; part < parts; part++)
        mixed[part] = (mixed[part] as number) + weight * (sums[other * parts + part] as number);
    }
    if ((mixed[parts - 1] as number) > ENOUGH || reach > 8 * BINS) {
      mixed[parts - 1] = Math.max(1e-12, mixed[parts - 1] as number);
      return mixed;
    }
  }
}

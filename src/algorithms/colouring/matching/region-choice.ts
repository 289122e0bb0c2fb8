import type { Candidates } from "./candidates.ts";
import type { Nearest } from "./nearest.ts";
import { SHADE, shadeAt } from "./tone-table.ts";
import type { Votes } from "./votes.ts";

/** The colour each region of a page takes. */
export interface RegionChoice {
  readonly labels: Int32Array;
  /** `[regions, 3] row-major`: OKLab l, a, b. */
  readonly colours: Float32Array;
  /** `[regions, SHADE] row-major`: how each region's shade is to differ from the usual one of its tone. */
  readonly surplus: Float32Array;
  /** 0..1 */
  readonly confidence: Float32Array;
}

/** How much it counts that a tone has its usual colour, beside the candidates. */
const USUAL_VOTE = 0.02;
/** How much a candidate of another colour than the chosen one counts: where they disagree, less is dared. */
const OTHERS_VOTE = 0.3;

/**
 * The colour that is believed in most: its shade is what the candidates of that colour have, drawn a little towards
 * those of the others. O(regions x (labels + candidates each)).
 *
 * @param tones of the regions
 */
export function chosenColours(
  beliefs: Float32Array,
  votes: Votes,
  nearest: Nearest,
  candidates: Candidates,
  tones: Float32Array,
): RegionChoice {
  const count = candidates.shares.length;
  const regions = votes.likeness.length;
  const choice: RegionChoice = {
    labels: new Int32Array(regions),
    colours: new Float32Array(3 * regions),
    surplus: new Float32Array(SHADE * regions),
    confidence: new Float32Array(regions),
  };
  for (let region = 0; region < regions; region++) {
    let label = 0;
    for (let other = 1; other < count; other++)
      if ((beliefs[region * count + other] as number) > (beliefs[region * count + label] as number))
        label = other;
    choice.labels[region] = label;
    choice.confidence[region] =
      (beliefs[region * count + label] as number) * (votes.likeness[region] as number);
    mixShades(choice, region, label, votes, nearest, candidates);
    for (let part = 0; part < 3; part++)
      choice.colours[3 * region + part] =
        shadeAt(candidates.table, tones[region] as number, part) +
        (choice.surplus[SHADE * region + part] as number);
  }
  return choice;
}

function mixShades(
  choice: RegionChoice,
  region: number,
  label: number,
  votes: Votes,
  { rows, perQuery }: Nearest,
  { labels, surplus }: Candidates,
): void {
  const first = SHADE * region;
  let total = USUAL_VOTE;
  for (let at = region * perQuery; at < (region + 1) * perQuery; at++) {
    const row = rows[at] as number;
    if (row < 0) continue;
    const weight = (labels[row] === label ? 1 : OTHERS_VOTE) * (votes.weights[at] as number);
    total += weight;
    for (let part = 0; part < SHADE; part++)
      choice.surplus[first + part] =
        (choice.surplus[first + part] as number) + weight * (surplus[SHADE * row + part] as number);
  }
  for (let part = 0; part < SHADE; part++)
    choice.surplus[first + part] = (choice.surplus[first + part] as number) / total;
}

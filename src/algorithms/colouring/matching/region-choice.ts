import type { Candidates } from "./candidates.ts";
import type { Nearest } from "./nearest.ts";
import type { Votes } from "./votes.ts";

/** The colour each region of a page takes. */
export interface RegionChoice {
  readonly labels: Int32Array;
  /** `[regions, 3] row-major`: OKLab l, a, b. */
  readonly colours: Float32Array;
  readonly glows: Float32Array;
  /** 0..1 */
  readonly confidence: Float32Array;
}

/** How much the palette's own colour counts beside the candidates'. */
const PALETTE_VOTE = 0.02;

/**
 * The colour that is believed in most, never a mean of several: of its shades, what the candidates of that colour
 * have. O(regions x (labels + candidates each)).
 */
export function chosenColours(
  beliefs: Float32Array,
  votes: Votes,
  nearest: Nearest,
  candidates: Candidates,
): RegionChoice {
  const count = candidates.shares.length;
  const regions = votes.likeness.length;
  const choice: RegionChoice = {
    labels: new Int32Array(regions),
    colours: new Float32Array(3 * regions),
    glows: new Float32Array(regions),
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
  }
  return choice;
}

function mixShades(
  choice: RegionChoice,
  region: number,
  label: number,
  votes: Votes,
  { rows, perQuery }: Nearest,
  { labels, colours, glows, palette }: Candidates,
): void {
  let total = PALETTE_VOTE;
  const mixed = [0, 1, 2].map((part) => PALETTE_VOTE * (palette[3 * label + part] as number));
  let glow = 0;
  for (let at = region * perQuery; at < (region + 1) * perQuery; at++) {
    const row = rows[at] as number;
    if (row < 0 || labels[row] !== label) continue;
    const weight = votes.weights[at] as number;
    total += weight;
    for (let part = 0; part < 3; part++)
      mixed[part] = (mixed[part] as number) + weight * (colours[3 * row + part] as number);
    glow += weight * (glows[row] as number);
  }
  for (let part = 0; part < 3; part++) choice.colours[3 * region + part] = (mixed[part] as number) / total;
  choice.glows[region] = glow / total;
}

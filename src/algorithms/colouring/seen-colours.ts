import type { MatchedRegions } from "./match-regions.ts";
import type { SeenColour } from "./port.ts";

/** From here on a region is taken for a part of a character. */
const SURE = 0.5;

/**
 * What became of the characters' colours: a locked one is where it was chosen, another one where a region looks like
 * it. O(regions).
 *
 * @param shown `[regions, 3] row-major`, OKLab: what the regions were given
 */
export function seenColours(
  { choice, found, candidates }: MatchedRegions,
  shown: Float32Array,
  areas: Int32Array,
): readonly SeenColour[] {
  const lockedAs = new Map([...candidates.locked].map(([id, label]) => [label, id]));
  const sums = new Map<string, [number, number, number, number]>();
  let total = 0;
  for (const [region, area] of areas.entries()) {
    total += area;
    const like = found.ids[found.likest[region] as number];
    const isFollower = like !== undefined && !candidates.locked.has(like);
    const follower = isFollower && (found.sureness[region] as number) >= SURE ? like : undefined;
    const id = lockedAs.get(choice.labels[region] as number) ?? follower;
    if (id === undefined) continue;
    const sum = sums.get(id) ?? [0, 0, 0, 0];
    for (let part = 0; part < 3; part++)
      sum[part] = (sum[part] as number) + area * (shown[3 * region + part] as number);
    sum[3] += area;
    sums.set(id, sum);
  }
  return [...sums].map(([id, [l, a, b, area]]) => ({
    id,
    share: area / total,
    colour: [l / area, a / area, b / area],
  }));
}

/** The same of a page's bands together. */
export function joinedSeen(
  parts: readonly { readonly seen: readonly SeenColour[]; readonly regions: number }[],
): readonly SeenColour[] {
  const regions = parts.reduce((sum, part) => sum + part.regions, 0);
  const all = new Map<string, SeenColour>();
  for (const part of parts)
    for (const { id, share: shareOfBand, colour } of part.seen) {
      const share = (shareOfBand * part.regions) / Math.max(1, regions);
      const before = all.get(id);
      const whole = share + (before?.share ?? 0);
      const mixed = colour.map(
        (value, at) => (share * value + (before?.share ?? 0) * (before?.colour[at] ?? 0)) / whole,
      );
      all.set(id, { id, share: whole, colour: mixed as [number, number, number] });
    }
  return [...all.values()];
}

import type { ColourHint, SeenColour } from "../../../algorithms/colouring/port.ts";
import type { ChapterJob } from "../chapter-job.ts";
import { type Part, partId, scopeOfSeries, sha256 } from "../characters.ts";
import { bytesOfHex, toHex } from "../hex-colour.ts";
import type { PartStore } from "../store/part-store.ts";

/** A part with the scope that it is kept in. */
export interface ScopedPart extends Part {
  readonly scope: string;
}

/** Parts of characters for a job's pages: those of the chapter, and of the series those that the chapter has not. */
export async function partsFor(
  { parts }: { readonly parts: PartStore },
  { chapterId, order: { series } }: ChapterJob,
): Promise<readonly ScopedPart[]> {
  const scopes = [chapterId, ...(series ? [scopeOfSeries(series)] : [])];
  const all = new Map<string, ScopedPart>();
  for (const scope of scopes)
    for (const part of await parts.list(scope)) {
      if (!all.has(partId(part))) all.set(partId(part), { ...part, scope });
    }
  return [...all.values()];
}

/** On the very page that a user pointed at, a locked colour is a hint. */
export function pinnedHints(parts: readonly Part[], original: Uint8Array): readonly ColourHint[] {
  if (!parts.some(({ locked, places }) => locked && places.some(({ pageSha256 }) => pageSha256 !== null)))
    return [];
  const hash = sha256(original);
  return parts
    .filter(({ locked }) => locked)
    .flatMap(({ colour, places }) =>
      places
        .filter(({ pageSha256 }) => pageSha256 === hash)
        .map(({ x, y, width, height }) => ({ place: { x, y, width, height }, colour: bytesOfHex(colour) })),
    );
}

/** The parts that follow the work, where it has given them a colour. */
export function followedBy(parts: readonly ScopedPart[], seen: readonly SeenColour[]) {
  return parts.flatMap((part) => {
    const found = part.locked ? undefined : seen.find(({ id }) => id === partId(part));
    const { scope, name, label } = part;
    return found === undefined ? [] : [{ scope, name, label, colour: toHex(found.colour) }];
  });
}

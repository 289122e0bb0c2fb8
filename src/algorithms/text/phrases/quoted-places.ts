import type { Span } from "../span.ts";

/** Longest quotation, in UTF-16 units: a mark without its other half quotes nothing. */
const LONGEST = 1_500;
const PAIRS: Readonly<Record<string, string>> = {
  "«": "»",
  "“": "”",
  "„": "“",
  '"': '"',
  "`": "`",
  "‹": "›",
};
const MARK = /[«»“”„"`‹›\n]/g;

/** Stretches within quotation marks, each within one paragraph, not in each other. O(length). */
export function quotedPlaces(text: string): Span[] {
  const places: Span[] = [];
  let open: { readonly at: number; readonly closes: string } | null = null;
  let blank = -2;
  for (const { 0: mark, index } of text.matchAll(MARK)) {
    if (mark === "\n") {
      // One line's end may fall within a quotation, an empty line may not.
      if (blank === index - 1) open = null;
      blank = index;
    } else if (open !== null && mark === open.closes && index - open.at <= LONGEST) {
      places.push({ start: open.at, end: index + 1 });
      open = null;
    } else if (open === null || index - open.at > LONGEST) {
      const closes: string | undefined = PAIRS[mark];
      open = closes === undefined ? null : { at: index, closes };
    }
  }
  return places;
}

/** Whether a place lies within one of others, which are in order and apart. O(log n). */
export function liesWithin(place: Span, places: readonly Span[]): boolean {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.end ?? 0) < place.end) low = middle + 1;
    else high = middle;
  }
  const candidate = places[low];
  return candidate !== undefined && candidate.start <= place.start;
}

/** A stretch of a text, and which of the marked places cover it. */
export interface Segment {
  readonly text: string;
  /** Indices of the places that cover it; none for plain text. */
  readonly places: readonly number[];
}

/** A place in a text: code points from its beginning, `end` exclusive. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a text where marked places begin and end. Places are in code points, as the server counts; strings are in UTF-16
 * units, which differ beyond the basic plane.
 *
 * O(length of the text + places x log places + segments x places that cover them).
 */
export function segmentsOf(text: string, places: readonly Place[]): readonly Segment[] {
  const borders = [...new Set(places.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const offsets = unitOffsets(text, borders);
  const byStart = places.map((place, index) => ({ ...place, index })).sort((a, b) => a.start - b.start);
  const segments: Segment[] = [];
  let open: typeof byStart = [];
  let next = 0;
  let from = 0;
  let at = 0;
  for (const border of [...borders, Number.POSITIVE_INFINITY]) {
    const to = offsets.get(border) ?? text.length;
    if (to > from)
      segments.push({ text: text.slice(from, to), places: open.map(({ index }) => index).sort() });
    from = to;
    at = border;
    open = open.filter(({ end }) => end > at);
    for (; next < byStart.length && (byStart[next] as Place).start <= at; next++)
      if ((byStart[next] as Place).end > at) open.push(byStart[next] as (typeof byStart)[number]);
  }
  return segments;
}

/** Where code points lie in a string, for ascending `points`; those beyond its end lie there. */
function unitOffsets(text: string, points: readonly number[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  let point = 0;
  let unit = 0;
  for (const wanted of points) {
    while (point < wanted && unit < text.length) {
      unit += (text.codePointAt(unit) as number) > 0xffff ? 2 : 1;
      point++;
    }
    found.set(wanted, unit);
  }
  return found;
}

/** The part of a text around a place, and the place within it: what is shown of a source. */
export function excerptOf(
  text: string,
  place: Place,
  around: number,
): { before: string; at: string; after: string } {
  const points = [...text];
  const from = Math.max(0, place.start - around);
  const to = Math.min(points.length, place.end + around);
  return {
    before: (from > 0 ? "… " : "") + points.slice(from, place.start).join(""),
    at: points.slice(place.start, place.end).join(""),
    after: points.slice(place.end, to).join("") + (to < points.length ? " …" : ""),
  };
}

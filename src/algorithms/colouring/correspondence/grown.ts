import { chanceOf, climbed, deviationsOf } from "./find-alike.ts";
import { FINE, type ReferenceSight } from "./sight.ts";
import type { SupportedWindows } from "./supported.ts";
import type { Windows } from "./windows.ts";

/** From how much support on a window is taken for found. */
export const FOUND = 8;
/** How alike a window must be, in deviations by chance, where one beside it was found and says where to look. */
const GROWS = 5;
/** Share of its cells that must show something: less than where nothing says where to look. */
const FILLED = 0.2;
const STEP = FINE / 2;
const REACH = 2;
const MOST = 600;
const BESIDE = [-STEP, 0, STEP].flatMap((down) => [-STEP, 0, STEP].map((across) => [across, down] as const));

type Place = Omit<SupportedWindows, "likeness" | "support">;

/**
 * From the windows that were found on to those beside them: a figure goes on where it goes on on the reference, which is
 * then no matter of chance and need not be as alike. O(600 windows at most).
 */
export function grown(
  found: readonly SupportedWindows[],
  sights: readonly ReferenceSight[],
): readonly SupportedWindows[] {
  const all = found.filter(({ support }) => support >= FOUND).sort((a, b) => b.support - a.support);
  const seen = new Set(all.map(keyOf));
  for (let at = 0; at < all.length && all.length < MOST; at++)
    for (const [across, down] of BESIDE) {
      const one = all[at] as SupportedWindows;
      const place = { ...one, x: one.x + across, y: one.y + down, u: one.u + across, v: one.v + down };
      if (seen.has(keyOf(place))) continue;
      seen.add(keyOf(place));
      const next = lookedAt(place, sights[one.reference] as ReferenceSight);
      if (next !== null && next.likeness >= GROWS) all.push(next);
    }
  return all;
}

/** Tells windows of a page apart that are more than some cells away. */
function keyOf({ size, x, y, reference, mirrored }: Place): string {
  return `${size.fine.cells.side} ${x >> 2} ${y >> 2} ${reference} ${mirrored}`;
}

/** The window near a place that is most alike; null where the place is none. */
function lookedAt(place: Place, sight: ReferenceSight): SupportedWindows | null {
  const { fine } = place.size;
  const there = (place.mirrored ? sight.mirrored : sight.plain).fine;
  if (!within(fine, place.x, place.y) || !within(there, place.u, place.v)) return null;
  const window = place.y * fine.columns + place.x;
  if ((fine.shown[window] as number) < FILLED) return null;
  const { u, v, score } = climbed(fine, window, there, place.u, place.v, REACH);
  const likeness = deviationsOf(score, chanceOf(fine, window, sight));
  return { ...place, u, v, likeness, support: FOUND + (likeness - GROWS) };
}

function within({ columns, rows }: Windows, x: number, y: number): boolean {
  return x >= 0 && y >= 0 && x < columns && y < rows;
}

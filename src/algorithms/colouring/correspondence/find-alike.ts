import { COARSER, FINE, type ReferenceSight, type SizedWindows } from "./sight.ts";
import { likenessOf, type Windows } from "./windows.ts";

/** A window of the page and the one of a reference that is most like it. */
export interface AlikeWindows {
  /** The page's windows of this size. */
  readonly size: SizedWindows;
  /** Fine cells from the page's corner. */
  readonly x: number;
  readonly y: number;
  /** Index of the reference, and whether it is seen in a mirror. */
  readonly reference: number;
  readonly mirrored: boolean;
  /** Fine cells from the (mirrored) reference's corner. */
  readonly u: number;
  readonly v: number;
  /** How much more alike than windows are by chance, in standard deviations. */
  readonly likeness: number;
}

/** How alike a window of the page is to others by chance. */
interface Chance {
  readonly mean: number;
  readonly deviation: number;
}

/** The best coarse places that are looked at closely, and from how many deviations on. */
const LOOKED_AT = 2;
const LEAST_COARSE = 3.5;
/** Places that tell chance; so many are enough to drop what is not alike. */
const CHANCE_PLACES = 256;
const FEW_PLACES = 64;
const LEAST_LIKENESS = 4.3;
/** Multiples of it, without their whole part, are spread evenly. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * For every window of a page on a coarse grid, the window of a reference most like it, if any stands out. Windows are
 * compared in coarse cells with all of the reference, the best places then in fine ones. O(page windows x reference
 * windows): 0.15 to 0.3 CPU-seconds for 975 x 1500.
 */
export function findAlike(
  sizes: readonly SizedWindows[],
  sight: ReferenceSight,
  reference: number,
  stride: number,
): readonly AlikeWindows[] {
  if (sight.plain.coarse.telling.length === 0 || sight.plain.fine.telling.length === 0) return [];
  const found: AlikeWindows[] = [];
  for (const size of sizes) {
    const { columns, telling } = size.coarse;
    for (const at of telling) {
      const column = at % columns;
      if (column % stride !== 0 || ((at - column) / columns) % stride !== 0) continue;
      const alike = mostAlike(size, at, sight);
      if (alike !== null) found.push({ ...alike, reference });
    }
  }
  return found;
}

/** The window most like a coarse one of the page; null where none stands out. */
function mostAlike(
  size: SizedWindows,
  coarseWindow: number,
  sight: ReferenceSight,
): Omit<AlikeWindows, "reference"> | null {
  const { coarse, fine } = size;
  const looks = [sight.plain, sight.mirrored];
  const places = coarsePlaces(coarse, coarseWindow, looks);
  if (places.length === 0) return null;
  const x = Math.min(fine.columns - 1, COARSER * (coarseWindow % coarse.columns));
  const y = Math.min(fine.rows - 1, COARSER * Math.floor(coarseWindow / coarse.columns));
  const window = y * fine.columns + x;
  if ((fine.shown[window] as number) < fine.filled) return null;
  const { look, u, v, score } = places
    .map((place) => {
      const there = looks[place.look] as SizedWindows;
      const [fromU, fromV] = finePlace(there, place.at, place.look === 1);
      return { look: place.look, ...climbed(fine, window, there.fine, fromU, fromV, COARSER / 2) };
    })
    .reduce((one, other) => (other.score > one.score ? other : one));
  const there = (looks[look] as SizedWindows).fine;
  if ((there.shown[v * there.columns + u] as number) < there.filled) return null;
  if (deviationsOf(score, chanceOf(fine, window, sight, FEW_PLACES)) < LEAST_LIKENESS) return null;
  const likeness = deviationsOf(score, chanceOf(fine, window, sight));
  return { size, x, y, mirrored: look === 1, u, v, likeness };
}

/** Places of the reference, in coarse windows, that stand out as like a page's window; the best first. */
function coarsePlaces(
  coarse: Windows,
  window: number,
  looks: readonly SizedWindows[],
): readonly { readonly look: number; readonly at: number }[] {
  const scores = looks.map(({ coarse: there }) =>
    Float32Array.from(there.telling, (at) => likenessOf(coarse, window, there, at)),
  );
  const { mean, deviation } = chanceIn(scores);
  const places: { look: number; at: number }[] = [];
  while (places.length < LOOKED_AT) {
    const best = bestOf(scores);
    if (best.score < mean + LEAST_COARSE * deviation) break;
    const there = (looks[best.look] as SizedWindows).coarse;
    const at = there.telling[best.index] as number;
    places.push({ look: best.look, at });
    forget(scores[best.look] as Float32Array, there, at);
  }
  return places;
}

function bestOf(scores: readonly Float32Array[]) {
  let best = { look: 0, index: 0, score: Number.NEGATIVE_INFINITY };
  for (const [look, values] of scores.entries())
    for (let index = 0; index < values.length; index++)
      if ((values[index] as number) > best.score) best = { look, index, score: values[index] as number };
  return best;
}

/** Where a coarse window lies among the fine ones. */
function finePlace({ fine, coarse }: SizedWindows, at: number, mirrored: boolean): readonly [number, number] {
  // What does not fill a coarse cell is left over at the right, so in a mirror at the left.
  const left = mirrored ? fine.cells.columns - COARSER * coarse.cells.columns : 0;
  return [
    Math.min(fine.columns - 1, left + COARSER * (at % coarse.columns)),
    Math.min(fine.rows - 1, COARSER * Math.floor(at / coarse.columns)),
  ];
}

/** Takes a place and those next to it out of the choice. */
function forget(scores: Float32Array, { columns, telling }: Windows, at: number): void {
  const x = at % columns;
  const y = (at - x) / columns;
  for (const [index, other] of telling.entries()) {
    const across = Math.abs((other % columns) - x);
    const down = Math.abs(Math.floor(other / columns) - y);
    if (across <= 2 && down <= 2) scores[index] = Number.NEGATIVE_INFINITY;
  }
}

/** How alike a page's window is by chance: to places spread over the reference, the same ones each time. */
export function chanceOf(
  fine: Windows,
  window: number,
  { plain, mirrored }: ReferenceSight,
  places = CHANCE_PLACES,
): Chance {
  const scores = new Float32Array(places);
  for (let place = 0; place < places; place++) {
    const there = (place % 2 === 0 ? plain : mirrored).fine;
    scores[place] = likenessOf(
      fine,
      window,
      there,
      Math.floor(((place * GOLDEN) % 1) * there.energies.length),
    );
  }
  return chanceIn([scores]);
}

/** How many deviations a score is more than chance. */
export function deviationsOf(score: number, { mean, deviation }: Chance): number {
  return (score - mean) / deviation;
}

function chanceIn(scores: readonly Float32Array[]): Chance {
  let [count, sum, squares] = [0, 0, 0];
  for (const values of scores) {
    count += values.length;
    for (const score of values) {
      sum += score;
      squares += score * score;
    }
  }
  const mean = sum / count;
  return { mean, deviation: Math.sqrt(Math.max(1e-9, squares / count - mean * mean)) };
}

/** The best place near a given one: steps of `reach` cells and less, as long as they pay. */
export function climbed(
  fine: Windows,
  window: number,
  there: Windows,
  u: number,
  v: number,
  reach: number,
): { readonly u: number; readonly v: number; readonly score: number } {
  let best = { u, v, score: likenessOf(fine, window, there, v * there.columns + u) };
  for (let step = reach; step >= 1; step >>= 1)
    for (let again = 0; again < 2; again++) {
      const from = best;
      for (let down = -step; down <= step; down += step)
        for (let across = -step; across <= step; across += step) {
          const [toU, toV] = [from.u + across, from.v + down];
          if (toU < 0 || toV < 0 || toU >= there.columns || toV >= there.rows) continue;
          const score = likenessOf(fine, window, there, toV * there.columns + toU);
          if (score > best.score) best = { u: toU, v: toV, score };
        }
      if (best === from) break;
    }
  return best;
}

/** The middle of a window on the page, in pixels of its view, and on the (mirrored) reference, in fine cells. */
export function middlesOf({ size, x, y, u, v }: AlikeWindows) {
  const { side } = size.fine.cells;
  return { x: side * (x + FINE / 2), y: side * (y + FINE / 2), u: u + FINE / 2, v: v + FINE / 2 };
}

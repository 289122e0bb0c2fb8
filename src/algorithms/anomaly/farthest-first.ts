/** The highest of many values. */
export interface Highest {
  /** Their places, rising. */
  readonly places: Int32Array;
  /** The highest of the values that were left out; -1 when none was. */
  readonly next: number;
}

/** Squared distances are at least this, so that 0 marks what was picked and nothing is picked twice. */
const LEAST = 1e-30;
const HALF = 2 ** 16;

/**
 * The `count` highest of `values`, the first ones of equal values; all of them where there are no more.
 * O(values): two sweeps over the bits, which of floats from 0 up are ordered as the floats are.
 * @param values at least 0, no NaN
 */
export function highest(values: Float32Array, count: number): Highest {
  if (values.length <= count) return { places: Int32Array.from(values.keys()), next: -1 };
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const upper = cutAt(bits, count, (value) => value >>> 16);
  const lower = cutAt(bits, count - upper.above, (value) =>
    value >>> 16 === upper.digit ? value % HALF : -1,
  );
  const threshold = upper.digit * HALF + lower.digit;
  const places = new Int32Array(count);
  let [taken, equals, next] = [0, count - upper.above - lower.above, 0];
  for (let place = 0; place < bits.length; place++) {
    const value = bits[place]!;
    if (value > threshold || (value === threshold && equals > 0)) {
      places[taken++] = place;
      if (value === threshold) equals--;
    } else if (value > next) next = value;
  }
  return { places, next: new Float32Array(Uint32Array.of(next).buffer)[0]! };
}

/** The digit of the `count`-th highest value, and how many values have a higher one; digits below 0 do not count. */
function cutAt(bits: Uint32Array, count: number, digitOf: (value: number) => number) {
  const histogram = new Uint32Array(HALF);
  for (let place = 0; place < bits.length; place++) {
    const digit = digitOf(bits[place]!);
    if (digit >= 0) histogram[digit] = histogram[digit]! + 1;
  }
  let [digit, above] = [HALF - 1, 0];
  while (digit > 0 && above + histogram[digit]! < count) above += histogram[digit--]!;
  return { digit, above };
}

/**
 * Picks points greedily, each the one farthest from all that were picked before (the first of equal ones), as long as it
 * is no nearer than `floor`: what lies outside these points is nowhere farther, so that the picks are those of a
 * selection among all. O(picks x points).
 *
 * Source: Gonzalez, Clustering to minimize the maximum intercluster distance, 1985.
 * @param distances `[points, points]` squared
 * @param nearest `[points]` squared distance to the nearest picked one, 0 for picked ones; kept up to date
 * @returns places of the picked points in the order of picking, at most `most`
 */
export function pickFarthest(
  distances: Float32Array,
  nearest: Float32Array,
  floor: number,
  most: number,
): number[] {
  const count = nearest.length;
  const picked: number[] = [];
  let farthest = nearest.indexOf(nearest.reduce((a, b) => Math.max(a, b), 0));
  while (picked.length < most && nearest[farthest]! >= floor && nearest[farthest]! > 0) {
    picked.push(farthest);
    nearest[farthest] = 0;
    const row = farthest * count;
    let largest = 0;
    for (let point = 0; point < count; point++) {
      const value = keepNearer(nearest[point]!, distances[row + point]!);
      nearest[point] = value;
      if (value > largest) {
        largest = value;
        farthest = point;
      }
    }
  }
  return picked;
}

/** Keeps the nearer of what was known and of new squared distances. */
export function keepNearer(known: number, squared: number): number {
  return known === 0 ? 0 : Math.min(known, Math.max(LEAST, squared));
}

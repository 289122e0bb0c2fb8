/**
 * Smooth noise in -1..1 over the plane: random numbers at the integer lattice, blended in between
 * (value noise, cubic weights). The same `salt` gives the same noise.
 *
 * @param rows after how many of them the noise repeats, for noise around a circle; never when left out.
 */
export function valueNoise(x: number, y: number, salt: number, rows = Number.POSITIVE_INFINITY): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const [upper, lower] = [wrap(row, rows), wrap(row + 1, rows)];
  const across = smooth(x - column);
  const down = smooth(y - row);
  const top = mix(lattice(column, upper, salt), lattice(column + 1, upper, salt), across);
  const bottom = mix(lattice(column, lower, salt), lattice(column + 1, lower, salt), across);
  return mix(top, bottom, down);
}

/** 0 at or below `from`, 1 at or above `to`, smooth in between; `from` > `to` falls instead. */
export function smoothStep(from: number, to: number, value: number): number {
  return smooth(Math.min(1, Math.max(0, (value - from) / (to - from))));
}

/** From `a` at share 0 to `b` at share 1. */
export function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

function wrap(row: number, rows: number): number {
  return Number.isFinite(rows) ? ((row % rows) + rows) % rows : row;
}

function smooth(share: number): number {
  return share * share * (3 - 2 * share);
}

/** An integer hash (two rounds of a 32-bit finaliser) as a number in -1..1. */
function lattice(x: number, y: number, salt: number): number {
  let hash = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(salt, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x7fff_ffff - 1;
}

/** `[x, y]`; pixel corners or centres, as the caller means them. */
export type Corner = readonly [x: number, y: number];

/** The convex hull of points, as two chains from the top row to the bottom one (Andrew's monotone chain). */
export interface Hull {
  readonly left: readonly Corner[];
  readonly right: readonly Corner[];
}

/** Builds a hull from points that come row by row, downwards, and in each row the outermost ones. */
export function hullOfRows(rows: Iterable<readonly [y: number, left: number, right: number]>): Hull {
  const left: Corner[] = [];
  const right: Corner[] = [];
  for (const [y, first, last] of rows) {
    extend(left, [first, y], -1);
    extend(right, [last, y], 1);
  }
  return { left, right };
}

/** Area inside of a hull (shoelace formula). */
export function hullArea({ left, right }: Hull): number {
  const ring = [...left, ...[...right].reverse()];
  let twice = 0;
  let [x0, y0] = ring.at(-1) ?? [0, 0];
  for (const [x, y] of ring) {
    twice += x0 * y - x * y0;
    [x0, y0] = [x, y];
  }
  return Math.abs(twice) / 2;
}

/** Calls back with every row of a hull of whole numbers: y, and the whole x from `left` up to and with `right`. */
export function eachHullRow(
  { left, right }: Hull,
  visit: (y: number, left: number, right: number) => void,
): void {
  const [top, bottom] = [left[0]?.[1] ?? 0, left.at(-1)?.[1] ?? -1];
  const [leftAt, rightAt] = [chainReader(left), chainReader(right)];
  for (let y = top; y <= bottom; y++) visit(y, Math.ceil(leftAt(y) - 1e-9), Math.floor(rightAt(y) + 1e-9));
}

/** Where a chain crosses a row; rows must be asked for downwards. */
function chainReader(chain: readonly Corner[]): (y: number) => number {
  let at = 0;
  return (y) => {
    while (at + 2 < chain.length && (chain[at + 1]?.[1] ?? 0) < y) at++;
    const [from, to] = [chain[at] as Corner, chain[at + 1] ?? (chain[at] as Corner)];
    if (to[1] === from[1]) return to[0];
    return from[0] + ((to[0] - from[0]) * (y - from[1])) / (to[1] - from[1]);
  };
}

/** Adds a corner to one side of the hull, and takes back those that it makes hollow. */
function extend(side: Corner[], corner: Corner, turn: 1 | -1): void {
  for (;;) {
    const [a, b] = [side.at(-2), side.at(-1)];
    if (a === undefined || b === undefined) break;
    const cross = (b[0] - a[0]) * (corner[1] - a[1]) - (b[1] - a[1]) * (corner[0] - a[0]);
    if (cross * turn > 0) break;
    side.pop();
  }
  side.push(corner);
}

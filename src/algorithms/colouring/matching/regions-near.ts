import type { ReferenceRegions } from "../port.ts";

/** Calls back with the regions of a reference that lie within reach of a place of it, and their squared distance. */
export type RegionsNear = (
  reference: number,
  place: { readonly x: number; readonly y: number; readonly reach: number },
  meet: (row: number, squared: number) => void,
) => void;

/** Looks regions up by place. O(regions log regions) once; a look-up costs what lies as high on the reference. */
export function regionsNear({ xs, ys, firsts }: Pick<ReferenceRegions, "xs" | "ys" | "firsts">): RegionsNear {
  const byHeight = firsts.map((first, at) => {
    const rows = Int32Array.from({ length: (firsts[at + 1] ?? xs.length) - first }, (_, row) => first + row);
    return rows.sort((a, b) => (ys[a] as number) - (ys[b] as number) || a - b);
  });
  return (reference, { x, y, reach }, meet) => {
    const rows = byHeight[reference] as Int32Array;
    for (let at = firstFrom(rows, ys, y - reach); at < rows.length; at++) {
      const row = rows[at] as number;
      const down = (ys[row] as number) - y;
      if (down > reach) return;
      const squared = ((xs[row] as number) - x) ** 2 + down * down;
      if (squared <= reach * reach) meet(row, squared);
    }
  };
}

/** The first of the rows, in order of height, that is not above `top`. */
function firstFrom(rows: Int32Array, ys: Float32Array, top: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ys[rows[middle] as number] as number) < top) low = middle + 1;
    else high = middle;
  }
  return low;
}

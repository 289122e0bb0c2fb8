import type { Size } from "../analysis/reduce-plane.ts";

/** Rows of a small plane as if it were stretched bilinearly. */
export interface EnlargedRows {
  /** Writes one row of the large plane: `[width] float32`. */
  row(y: number, into: Float32Array): void;
}

/** A plane stretched bilinearly to a larger size, row by row: the whole is never in memory. */
export function enlargedRows(plane: Float32Array, from: Size, to: Size): EnlargedRows {
  const xs = placesAlong(from.width, to.width);
  const ys = placesAlong(from.height, to.height);
  return {
    row(y, into) {
      const above = (ys.first[y] as number) * from.width;
      const below = (ys.second[y] as number) * from.width;
      const down = ys.share[y] as number;
      for (let x = 0; x < to.width; x++) {
        const left = xs.first[x] as number;
        const right = xs.second[x] as number;
        const across = xs.share[x] as number;
        const top =
          (plane[above + left] as number) * (1 - across) + (plane[above + right] as number) * across;
        const bottom =
          (plane[below + left] as number) * (1 - across) + (plane[below + right] as number) * across;
        into[x] = top * (1 - down) + bottom * down;
      }
    },
  };
}

interface Places {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float32Array;
}

function placesAlong(from: number, to: number): Places {
  const first = new Int32Array(to);
  const second = new Int32Array(to);
  const share = new Float32Array(to);
  for (let at = 0; at < to; at++) {
    const place = Math.max(0, ((at + 0.5) * from) / to - 0.5);
    const before = Math.min(from - 1, Math.floor(place));
    first[at] = before;
    second[at] = Math.min(from - 1, before + 1);
    share[at] = place - before;
  }
  return { first, second, share };
}

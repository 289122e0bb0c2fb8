import type { PageBox } from "./prepared-page.ts";
import type { Bytes } from "./running-extremes.ts";

/** Connected pieces of a plane, as horizontal runs of pixels. Pieces are numbered by their first pixel. */
export interface Components {
  readonly count: number;
  /** Pixels of each piece. */
  readonly areas: Int32Array;
  boxOf(piece: number): PageBox;
  /** Calls back with every run of a piece: row, first pixel and the one after the last. Rows ascend. */
  runsOf(piece: number, visit: (row: number, start: number, end: number) => void): void;
}

/** Runs found so far: row, start, end of each, and which runs they were joined with. */
interface Runs {
  count: number;
  rows: Int32Array;
  starts: Int32Array;
  ends: Int32Array;
  parents: Int32Array;
}

/**
 * The connected pieces of the pixels that have `value`. Runs and union-find: O(pixels), memory 16 to 32 bytes a run.
 *
 * @param diagonal whether pixels that touch only with a corner belong together.
 */
export function componentsOf(plane: Bytes, value: number, diagonal: boolean): Components {
  const runs = joinedRuns(plane, value, diagonal ? 1 : 0);
  const pieces = new Int32Array(runs.count);
  let count = 0;
  for (let run = 0; run < runs.count; run++) {
    const root = rootOf(runs.parents, run);
    // The root is the piece's first run, so it has been numbered already.
    pieces[run] = root === run ? count++ : (pieces[root] as number);
  }
  return gather(runs, pieces, count);
}

function joinedRuns({ width, height, data }: Bytes, value: number, reach: number): Runs {
  const runs = emptyRuns(1024);
  let above = 0;
  let aboveEnd = 0;
  for (let row = 0; row < height; row++) {
    const first = runs.count;
    const line = row * width;
    let candidate = above;
    for (let x = 0; x < width; x++) {
      if (data[line + x] !== value) continue;
      const start = x;
      while (x < width && data[line + x] === value) x++;
      const run = append(runs, row, start, x);
      while (candidate < aboveEnd && (runs.ends[candidate] as number) + reach <= start) candidate++;
      for (let other = candidate; other < aboveEnd && (runs.starts[other] as number) < x + reach; other++)
        join(runs.parents, other, run);
    }
    above = first;
    aboveEnd = runs.count;
  }
  return runs;
}

function emptyRuns(size: number): Runs {
  const [rows, starts, ends, parents] = [0, 1, 2, 3].map(() => new Int32Array(size)) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  return { count: 0, rows, starts, ends, parents };
}

function append(runs: Runs, row: number, start: number, end: number): number {
  if (runs.count === runs.rows.length) {
    const larger = emptyRuns(runs.count * 2);
    for (const key of ["rows", "starts", "ends", "parents"] as const) {
      larger[key].set(runs[key]);
      runs[key] = larger[key];
    }
  }
  const run = runs.count++;
  runs.rows[run] = row;
  runs.starts[run] = start;
  runs.ends[run] = end;
  runs.parents[run] = run;
  return run;
}

function rootOf(parents: Int32Array, run: number): number {
  let root = run;
  while (parents[root] !== root) root = parents[root] as number;
  for (let at = run; at !== root; ) {
    const next = parents[at] as number;
    parents[at] = root;
    at = next;
  }
  return root;
}

function join(parents: Int32Array, a: number, b: number): void {
  const [first, second] = [rootOf(parents, a), rootOf(parents, b)];
  if (first < second) parents[second] = first;
  else parents[first] = second;
}

function gather(runs: Runs, pieces: Int32Array, count: number): Components {
  const areas = new Int32Array(count);
  const offsets = new Int32Array(count + 1);
  const edges = { left: new Int32Array(count).fill(2 ** 30), right: new Int32Array(count) };
  const rows = { top: new Int32Array(count).fill(-1), bottom: new Int32Array(count) };
  for (let run = 0; run < runs.count; run++) {
    const piece = pieces[run] as number;
    const [start, end, row] = [
      runs.starts[run] as number,
      runs.ends[run] as number,
      runs.rows[run] as number,
    ];
    areas[piece] = (areas[piece] as number) + end - start;
    offsets[piece + 1] = (offsets[piece + 1] as number) + 1;
    if (start < (edges.left[piece] as number)) edges.left[piece] = start;
    if (end > (edges.right[piece] as number)) edges.right[piece] = end;
    if (rows.top[piece] === -1) rows.top[piece] = row;
    rows.bottom[piece] = row + 1;
  }
  for (let piece = 0; piece < count; piece++)
    offsets[piece + 1] = (offsets[piece + 1] as number) + (offsets[piece] as number);
  const order = orderedByPiece(pieces, offsets);
  return {
    count,
    areas,
    boxOf(piece) {
      const [x, y] = [edges.left[piece] as number, rows.top[piece] as number];
      return { x, y, width: (edges.right[piece] as number) - x, height: (rows.bottom[piece] as number) - y };
    },
    runsOf(piece, visit) {
      for (let at = offsets[piece] as number; at < (offsets[piece + 1] as number); at++) {
        const run = order[at] as number;
        visit(runs.rows[run] as number, runs.starts[run] as number, runs.ends[run] as number);
      }
    },
  };
}

function orderedByPiece(pieces: Int32Array, offsets: Int32Array): Int32Array {
  const next = offsets.slice();
  const order = new Int32Array(pieces.length);
  for (let run = 0; run < pieces.length; run++) {
    const piece = pieces[run] as number;
    order[next[piece] as number] = run;
    next[piece] = (next[piece] as number) + 1;
  }
  return order;
}

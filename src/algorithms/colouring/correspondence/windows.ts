import { boxSum, integralOf } from "../describing/integral.ts";
import { type ComparableCells, mirroredCells } from "./comparable-cells.ts";
import { DIRECTIONS } from "./gradient-cells.ts";

/** All square windows of a drawing's cells. Structured-cloneable. */
export interface Windows {
  readonly cells: ComparableCells;
  /** Cells along a window's side. */
  readonly size: number;
  /** Share of its cells that show something, from which on a window is telling. */
  readonly filled: number;
  /** How many windows lie side by side, and one below the other; 0 where none fits. */
  readonly columns: number;
  readonly rows: number;
  /** `[rows, columns]`: sum of each window's squares. */
  readonly energies: Float32Array;
  /** `[rows, columns]`: share of each window's cells that show something. */
  readonly shown: Float32Array;
  /** Those with structure enough to be told apart: a single line is like any other. */
  readonly telling: Int32Array;
}

/** A cell with so much of energy shows something. */
const SHOWS = 0.3;
/** Energy a cell that takes from likeness where there is little to see. */
const FLAT = 0.05;

/**
 * O(cells).
 *
 * @param filled share of a window's cells that show something where it is telling
 */
export function windowsOf(cells: ComparableCells, size: number, filled: number): Windows {
  const columns = Math.max(0, cells.columns - size + 1);
  const rows = columns === 0 ? 0 : Math.max(0, cells.rows - size + 1);
  const own = cellEnergies(cells);
  const energy = integralOf(own, cells.columns, cells.rows);
  const showing = integralOf(
    own.map((value) => (value > SHOWS ? 1 : 0)),
    cells.columns,
    cells.rows,
  );
  const energies = new Float32Array(columns * rows);
  const shown = new Float32Array(columns * rows);
  for (let at = 0; at < energies.length; at++) {
    const x = at % columns;
    const y = (at - x) / columns;
    energies[at] = Math.max(0, boxSum(energy, x, y, x + size, y + size));
    shown[at] = boxSum(showing, x, y, x + size, y + size) / (size * size);
  }
  const telling = Int32Array.from(shown.keys()).filter((at) => (shown[at] as number) >= filled);
  return { cells, size, filled, columns, rows, energies, shown, telling };
}

function cellEnergies({ values }: ComparableCells): Float32Array {
  const energies = new Float32Array(values.length / DIRECTIONS);
  for (let at = 0; at < values.length; at++) {
    const cell = Math.floor(at / DIRECTIONS);
    energies[cell] = (energies[cell] as number) + (values[at] as number) ** 2;
  }
  return energies;
}

/** The same windows on the drawing in a mirror. */
export function mirroredWindows({ cells, size, filled }: Windows): Windows {
  return windowsOf(mirroredCells(cells), size, filled);
}

/** How alike two windows of one size are: the cosine of their cells, less where there is little to see. At most 1. */
export function likenessOf(one: Windows, at: number, other: Windows, otherAt: number): number {
  const energy = Math.sqrt((one.energies[at] as number) * (other.energies[otherAt] as number));
  return productOf(one, at, other, otherAt) / (energy + FLAT * one.size * one.size);
}

/** The inner product of two windows' cells. O(size^2). */
function productOf(one: Windows, at: number, other: Windows, otherAt: number): number {
  const length = one.size * DIRECTIONS;
  const from = firstOf(one, at);
  const otherFrom = firstOf(other, otherAt);
  const stride = one.cells.columns * DIRECTIONS;
  const otherStride = other.cells.columns * DIRECTIONS;
  let sum = 0;
  for (let row = 0; row < one.size; row++)
    sum += rowProduct(
      one.cells.values,
      from + row * stride,
      other.cells.values,
      otherFrom + row * otherStride,
      length,
    );
  return sum;
}

/** Two sums side by side: the processor need not wait for one addition before the next. */
function rowProduct(
  mine: Float32Array,
  from: number,
  theirs: Float32Array,
  otherFrom: number,
  length: number,
) {
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 4) {
    const here = from + at;
    const there = otherFrom + at;
    even +=
      (mine[here] as number) * (theirs[there] as number) +
      (mine[here + 1] as number) * (theirs[there + 1] as number);
    odd +=
      (mine[here + 2] as number) * (theirs[there + 2] as number) +
      (mine[here + 3] as number) * (theirs[there + 3] as number);
  }
  return even + odd;
}

function firstOf({ columns, cells }: Windows, at: number): number {
  const x = at % columns;
  return DIRECTIONS * (((at - x) / columns) * cells.columns + x);
}

import { DIRECTIONS, type GradientCells } from "./gradient-cells.ts";

/** Cells that can be compared between drawings. Structured-cloneable. */
export interface ComparableCells {
  readonly columns: number;
  readonly rows: number;
  /** Pixels of the view along a cell's side. */
  readonly side: number;
  /** `[rows, columns, DIRECTIONS]` row-major: contrast taken out, the usual cell is 0, and so is where no colour belongs. */
  readonly values: Float32Array;
}

/** Cells fainter than this share of the usual one have no structure to speak of. */
const FAINT = 0.4;
/** A cell counts where this much of it and of those around it is free: the borders of panels are not what is drawn. */
const FREE = 0.7;

/** Takes the contrast out, over the cells around each, and the mean cell. O(cells). */
export function comparableCells({ columns, rows, side, edges, free }: GradientCells): ComparableCells {
  const energies = energiesOf(edges);
  const usual = energies.reduce((sum, energy) => sum + energy, 0) / Math.max(1, energies.length);
  const values = new Float32Array(edges.length);
  const counted: number[] = [];
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const around = cellsAround(columns, rows, x, y);
      if (around.some((cell) => (free[cell] as number) < FREE)) continue;
      const mean = around.reduce((sum, cell) => sum + (energies[cell] as number), 0) / around.length;
      const norm = Math.sqrt(mean + FAINT * FAINT * usual) + 1e-6;
      const cell = y * columns + x;
      counted.push(cell);
      for (let at = DIRECTIONS * cell; at < DIRECTIONS * (cell + 1); at++)
        values[at] = (edges[at] as number) / norm;
    }
  takeMeanOff(values, counted);
  return { columns, rows, side, values };
}

function energiesOf(edges: Float32Array): Float32Array {
  const energies = new Float32Array(edges.length / DIRECTIONS);
  for (let at = 0; at < edges.length; at++) {
    const cell = Math.floor(at / DIRECTIONS);
    energies[cell] = (energies[cell] as number) + (edges[at] as number) ** 2;
  }
  return energies;
}

function cellsAround(columns: number, rows: number, x: number, y: number): readonly number[] {
  const cells: number[] = [];
  for (let v = Math.max(0, y - 1); v <= Math.min(rows - 1, y + 1); v++)
    for (let u = Math.max(0, x - 1); u <= Math.min(columns - 1, x + 1); u++) cells.push(v * columns + u);
  return cells;
}

function takeMeanOff(values: Float32Array, cells: readonly number[]): void {
  for (let direction = 0; direction < DIRECTIONS; direction++) {
    let sum = 0;
    for (const cell of cells) sum += values[DIRECTIONS * cell + direction] as number;
    const mean = sum / Math.max(1, cells.length);
    for (const cell of cells) {
      const at = DIRECTIONS * cell + direction;
      values[at] = (values[at] as number) - mean;
    }
  }
}

/** The cells of the same drawing in a mirror. O(cells). */
export function mirroredCells(cells: ComparableCells): ComparableCells {
  const { columns, rows, values } = cells;
  const mirrored = new Float32Array(values.length);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++)
      for (let direction = 0; direction < DIRECTIONS; direction++) {
        const at = DIRECTIONS * (y * columns + x) + ((DIRECTIONS - direction) % DIRECTIONS);
        mirrored[at] = values[DIRECTIONS * (y * columns + columns - 1 - x) + direction] as number;
      }
  return { ...cells, values: mirrored };
}

import type { AnalysisView } from "../analysis/analysis-view.ts";
import { halvedDrawing } from "./halved-drawing.ts";

/** Directions of edges that are told apart, over half a turn. */
export const DIRECTIONS = 8;

/** How strong the edges of each direction are in the square cells of a drawing. */
export interface GradientCells {
  readonly columns: number;
  readonly rows: number;
  /** Pixels of the view along a cell's side; need not be whole. */
  readonly side: number;
  /** `[rows, columns, DIRECTIONS]` row-major. */
  readonly edges: Float32Array;
  /** `[rows, columns]`: share of each cell where colour belongs. */
  readonly free: Float32Array;
}

/** Rises weaker than this are noise. */
const LEAST_RISE = 3e-4;

/**
 * Histograms of oriented gradients (Dalal and Triggs 2005), without the sign: the same figure is light on dark here and
 * dark on light there. Strengths are damped to their square root. O(pixels).
 *
 * @param side of the cells, in pixels of the view
 */
export function gradientCells(view: AnalysisView, side: number): GradientCells {
  const { width, height, drawing, free } = halvedDrawing(view);
  const columns = Math.max(1, Math.floor((2 * width) / side));
  const rows = Math.max(1, Math.floor((2 * height) / side));
  const cells = {
    edges: new Float32Array(columns * rows * DIRECTIONS),
    free: new Float32Array(columns * rows),
  };
  const counts = new Int32Array(columns * rows);
  const cellOf = (place: number, count: number) => Math.min(count - 1, Math.floor((2 * place + 1) / side));
  const column = Int32Array.from({ length: width }, (_, x) => cellOf(x, columns));
  for (let y = 1; y + 1 < height; y++) {
    const first = cellOf(y, rows) * columns;
    for (let x = 1; x + 1 < width; x++) {
      const pixel = y * width + x;
      const cell = first + (column[x] as number);
      counts[cell] = (counts[cell] as number) + 1;
      cells.free[cell] = (cells.free[cell] as number) + (free[pixel] as number);
      const across = (drawing[pixel + 1] as number) - (drawing[pixel - 1] as number);
      const down = (drawing[pixel + width] as number) - (drawing[pixel - width] as number);
      addEdge(cells.edges, DIRECTIONS * cell, across, down);
    }
  }
  for (const [cell, count] of counts.entries()) {
    const share = 1 / Math.max(1, count);
    cells.free[cell] = (cells.free[cell] as number) * share;
    for (let at = DIRECTIONS * cell; at < DIRECTIONS * (cell + 1); at++)
      cells.edges[at] = (cells.edges[at] as number) * share;
  }
  return { columns, rows, side, ...cells };
}

/** Shares one pixel's edge between the two directions next to its own. */
function addEdge(edges: Float32Array, first: number, across: number, down: number): void {
  const square = across * across + down * down;
  if (square < LEAST_RISE * LEAST_RISE) return;
  const strength = Math.sqrt(Math.sqrt(square));
  const turn = (Math.atan2(down, across) / Math.PI + 1) * DIRECTIONS;
  const low = Math.floor(turn);
  const share = turn - low;
  const one = first + (low % DIRECTIONS);
  const next = first + ((low + 1) % DIRECTIONS);
  edges[one] = (edges[one] as number) + strength * (1 - share);
  edges[next] = (edges[next] as number) + strength * share;
}

/** The same drawing in cells `factor` times as large: each is the mean of what it covers. O(cells). */
export function enlargedCells(cells: GradientCells, factor: number): GradientCells {
  const columns = Math.floor(cells.columns / factor);
  const rows = Math.floor(cells.rows / factor);
  const into = {
    columns,
    rows,
    side: cells.side * factor,
    edges: new Float32Array(columns * rows * DIRECTIONS),
    free: new Float32Array(columns * rows),
  };
  for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++) averageInto(into, x, y, cells, factor);
  return into;
}

function averageInto(into: GradientCells, x: number, y: number, from: GradientCells, factor: number): void {
  const cell = y * into.columns + x;
  const [left, top] = [x * factor, y * factor];
  const area = factor * factor;
  for (let v = Math.floor(top); v < Math.min(from.rows, top + factor - 1e-9); v++) {
    const high = Math.min(v + 1, top + factor) - Math.max(v, top);
    for (let u = Math.floor(left); u < Math.min(from.columns, left + factor - 1e-9); u++) {
      const weight = (high * (Math.min(u + 1, left + factor) - Math.max(u, left))) / area;
      const source = v * from.columns + u;
      into.free[cell] = (into.free[cell] as number) + weight * (from.free[source] as number);
      for (let direction = 0; direction < DIRECTIONS; direction++) {
        const at = DIRECTIONS * cell + direction;
        into.edges[at] =
          (into.edges[at] as number) + weight * (from.edges[DIRECTIONS * source + direction] as number);
      }
    }
  }
}

import type { OklabPicture } from "../colour/oklab.ts";
import { BLOCK, blockColour, cellMeans } from "./colour-blocks.ts";

/** Of a block's colours, what its light does not explain. JPEG noise, averaged over cells, stays below it. */
const OWN_COLOUR = 0.01;
/** Chroma of yellowed paper and of a scanner's tint stays below this. */
const STRONG_CHROMA = 0.1;
const COLOURED_SHARE = 0.004;
/** Cells of a page: as large as a screentone's dots, or so many on a square of the page's area. */
const LEAST_CELL = 8;
const CELLS_ACROSS = 147;
/** A stamp, or a label, takes no more than this of the page's width and height. */
const STAMP_SIDE = 1 / 5;
/** Nor does it, nor does an edge where the paper's tint changes, have more of the blocks than this. */
const ONE_PLACE_SHARE = 0.08;
/** Of a long strip, as much as a screen shows. */
const SCREEN_ASPECT = 1.5;

/**
 * Tells a coloured page from a gray one on tinted paper, however unevenly it has yellowed. A page's tint, looked at
 * closely, is a function of its lightness, and pale; colours are not. Blocks of cells that have colours are counted,
 * except those of the one place that has most of them: a stamp, or an edge of the paper.
 */
export class ColourCensus {
  readonly #cell: number;
  readonly #rows: Uint8Array[] = [];

  /** @param pageArea pixels; of a long strip, of one screen of it */
  constructor(pageArea: number) {
    this.#cell = Math.max(LEAST_CELL, Math.round(Math.sqrt(pageArea) / CELLS_ACROSS));
  }

  /** Adds a band of the page. Bands come from the top, all of one width. */
  count(band: OklabPicture): void {
    const cells = cellMeans(band, this.#cell);
    const columns = blocksIn(cells.width);
    for (let row = 0; row < blocksIn(cells.height); row++)
      this.#rows.push(
        Uint8Array.from({ length: columns }, (_, column) => {
          const { chroma, own } = blockColour(cells, column * BLOCK, row * BLOCK);
          return Number(own > OWN_COLOUR || chroma > STRONG_CHROMA);
        }),
      );
  }

  /** Adds a band that has grays only. */
  countGrays({ width, height }: { readonly width: number; readonly height: number }): void {
    const blocksAlong = (pixels: number) => blocksIn(Math.max(1, Math.floor(pixels / this.#cell)));
    for (let row = 0; row < blocksAlong(height); row++) this.#rows.push(new Uint8Array(blocksAlong(width)));
  }

  /** Whether at least 4 in 1,000 blocks have colours, beside the fullest place. */
  coloured(): boolean {
    const all = this.#rows.length * (this.#rows[0]?.length ?? 0);
    const inOnePlace = Math.min(ONE_PLACE_SHARE * all, mostInOnePlace(this.#rows));
    return sumOf(this.#rows) - inOnePlace > COLOURED_SHARE * all;
  }
}

/** Blocks along so many cells; a last one of less than half is left out. */
function blocksIn(cells: number): number {
  return Math.max(1, Math.round(cells / BLOCK));
}

/** Of the fullest row, the fullest column, and the fullest place of a stamp's size. O(blocks). */
function mostInOnePlace(rows: readonly Uint8Array[]): number {
  const columns = rows[0]?.length ?? 0;
  const high = Math.ceil(STAMP_SIDE * Math.min(rows.length, SCREEN_ASPECT * columns));
  const wide = Math.ceil(STAMP_SIDE * columns);
  return Math.max(
    mostWithin(rows, 1, columns),
    mostWithin(rows, rows.length, 1),
    mostWithin(rows, high, wide),
  );
}

function mostWithin(rows: readonly Uint8Array[], high: number, wide: number): number {
  const columns = rows[0]?.length ?? 0;
  const sums = new Int32Array(columns);
  let most = 0;
  for (const [row, marks] of rows.entries()) {
    const gone = rows[row - high];
    for (let column = 0; column < columns; column++)
      sums[column] = (sums[column] as number) + (marks[column] as number) - (gone?.[column] ?? 0);
    let within = 0;
    for (let column = 0; column < columns; column++) {
      within += (sums[column] as number) - (column < wide ? 0 : (sums[column - wide] as number));
      most = Math.max(most, within);
    }
  }
  return most;
}

function sumOf(rows: readonly Uint8Array[]): number {
  return rows.reduce((sum, row) => sum + row.reduce((more, mark) => more + mark, 0), 0);
}

/** Rows `top` to `bottom` (exclusive) of a page, worked on with the rows `from` to `to` around them. */
export interface Tile {
  readonly top: number;
  readonly bottom: number;
  readonly from: number;
  readonly to: number;
}

const TILE_PIXELS = 1_500_000;

/**
 * Bands of rows that keep temporary planes bounded: about 1.5 million pixels each and `reach` rows of overlap on
 * either side. A filter that looks no further than `reach` rows yields the same in tiles as on the whole page.
 */
export function* tilesOf(width: number, height: number, reach: number): Generator<Tile> {
  const rows = Math.max(64, Math.floor(TILE_PIXELS / width));
  for (let top = 0; top < height; top += rows) {
    const bottom = Math.min(height, top + rows);
    yield { top, bottom, from: Math.max(0, top - reach), to: Math.min(height, bottom + reach) };
  }
}

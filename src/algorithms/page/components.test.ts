import fc from "fast-check";
import { expect, it } from "vitest";
import { componentsOf } from "./components.ts";
import type { Bytes } from "./running-extremes.ts";

const planes = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([width, height]) =>
    fc
      .array(fc.integer({ min: 0, max: 1 }), { minLength: width * height, maxLength: width * height })
      .map((cells): Bytes => ({ width, height, data: Uint8Array.from(cells) })),
  );

/** Pieces as sorted lists of pixels, by flooding. */
function byFlooding({ width, height, data }: Bytes, diagonal: boolean): number[][] {
  const seen = new Set<number>();
  const pieces: number[][] = [];
  for (let start = 0; start < data.length; start++) {
    if (data[start] !== 1 || seen.has(start)) continue;
    const piece: number[] = [];
    const stack = [start];
    seen.add(start);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      piece.push(at);
      const [x, y] = [at % width, Math.floor(at / width)];
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          const [nx, ny] = [x + dx, y + dy];
          if ((!diagonal && dx !== 0 && dy !== 0) || nx < 0 || ny < 0 || nx >= width || ny >= height)
            continue;
          const next = ny * width + nx;
          if (data[next] !== 1 || seen.has(next)) continue;
          seen.add(next);
          stack.push(next);
        }
    }
    pieces.push(piece.sort((a, b) => a - b));
  }
  return pieces;
}

it.each([true, false])("finds the pieces that flooding finds (corners join: %s)", (diagonal) => {
  fc.assert(
    fc.property(planes, (plane) => {
      const pieces = componentsOf(plane, 1, diagonal);
      const expected = byFlooding(plane, diagonal);
      const found = Array.from({ length: pieces.count }, (_, piece) => {
        const pixels: number[] = [];
        pieces.runsOf(piece, (row, start, end) => {
          for (let x = start; x < end; x++) pixels.push(row * plane.width + x);
        });
        return pixels;
      });
      expect(found).toEqual(expected);
      expect([...pieces.areas]).toEqual(expected.map((piece) => piece.length));
      for (const [piece, pixels] of expected.entries()) {
        const columns = pixels.map((pixel) => pixel % plane.width);
        const rows = pixels.map((pixel) => Math.floor(pixel / plane.width));
        const [x, y] = [Math.min(...columns), Math.min(...rows)];
        expect(pieces.boxOf(piece)).toEqual({
          x,
          y,
          width: Math.max(...columns) - x + 1,
          height: Math.max(...rows) - y + 1,
        });
      }
    }),
  );
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { nearestRows } from "./nearest.ts";

// whole numbers: many distances are equal, and all of them exact
const coordinates = (count: number) =>
  fc.array(fc.integer({ min: -3, max: 3 }), { minLength: count, maxLength: count });
const cases = fc
  .record({
    size: fc.integer({ min: 1, max: 13 }),
    queries: fc.integer({ min: 0, max: 4 }),
    rows: fc.integer({ min: 0, max: 30 }),
    perQuery: fc.integer({ min: 1, max: 5 }),
  })
  .chain(({ size, queries, rows, perQuery }) =>
    fc.record({
      size: fc.constant(size),
      perQuery: fc.constant(perQuery),
      queries: coordinates(queries * size),
      rows: coordinates(rows * size),
    }),
  );

it("are the rows that sorting all of them by distance puts first, for any number of axes", () => {
  fc.assert(
    fc.property(cases, ({ size, perQuery, queries, rows }) => {
      const found = nearestRows(Float32Array.from(queries), Float32Array.from(rows), size, perQuery);
      for (let query = 0; query < queries.length / size; query++) {
        const sorted = Array.from({ length: rows.length / size }, (_, row) => ({
          row,
          distance: queries
            .slice(query * size, (query + 1) * size)
            .reduce((sum, value, at) => sum + (value - (rows[row * size + at] as number)) ** 2, 0),
        })).sort((a, b) => a.distance - b.distance || a.row - b.row);
        for (let rank = 0; rank < perQuery; rank++) {
          expect(found.rows[query * perQuery + rank]).toBe(sorted[rank]?.row ?? -1);
          expect(found.distances[query * perQuery + rank]).toBe(
            sorted[rank]?.distance ?? Number.POSITIVE_INFINITY,
          );
        }
      }
    }),
  );
});

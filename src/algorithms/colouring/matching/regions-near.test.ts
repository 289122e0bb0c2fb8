import fc from "fast-check";
import { expect, it } from "vitest";
import { regionsNear } from "./regions-near.ts";

const places = fc.array(fc.record({ x: fc.nat(50), y: fc.nat(50) }), { maxLength: 40 });

it("meets just those regions of one reference that lie within reach", () => {
  fc.assert(
    fc.property(places, places, fc.nat(50), fc.nat(50), fc.nat(30), (one, other, x, y, reach) => {
      const all = [...one, ...other];
      const near = regionsNear({
        xs: Float32Array.from(all, (place) => place.x),
        ys: Float32Array.from(all, (place) => place.y),
        firsts: [0, one.length],
      });
      const met: number[] = [];
      near(1, { x, y, reach }, (row, squared) => {
        expect(squared).toBe(((all[row]?.x ?? 0) - x) ** 2 + ((all[row]?.y ?? 0) - y) ** 2);
        met.push(row);
      });
      const expected = other.flatMap((place, at) =>
        (place.x - x) ** 2 + (place.y - y) ** 2 <= reach ** 2 ? [one.length + at] : [],
      );
      expect(met.sort((a, b) => a - b)).toEqual(expected);
    }),
  );
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { type Bytes, closed, dilated, eroded } from "./running-extremes.ts";

const planes = fc
  .tuple(fc.integer({ min: 1, max: 11 }), fc.integer({ min: 1, max: 11 }))
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height })
      .map((data): Bytes => ({ width, height, data })),
  );

function slowly(
  { width, height, data }: Bytes,
  radius: number,
  pick: (...values: number[]) => number,
): number[] {
  return Array.from(data, (_, pixel) => {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const values: number[] = [];
    for (let row = Math.max(0, y - radius); row <= Math.min(height - 1, y + radius); row++)
      for (let column = Math.max(0, x - radius); column <= Math.min(width - 1, x + radius); column++)
        values.push(data[row * width + column] as number);
    return pick(...values);
  });
}

it("yields the smallest and the largest value of each square", () => {
  fc.assert(
    fc.property(planes, fc.integer({ min: 0, max: 13 }), (plane, radius) => {
      expect([...eroded(plane, radius)]).toEqual(slowly(plane, radius, Math.min));
      expect([...dilated(plane, radius)]).toEqual(slowly(plane, radius, Math.max));
    }),
  );
});

it("a closing takes away narrow dark lines and leaves wide ones", () => {
  const data = new Uint8Array(20).fill(200);
  data.fill(10, 3, 5);
  data.fill(10, 10, 16);
  const result = closed({ width: 20, height: 1, data }, 2);
  expect([...result.subarray(0, 8)]).toEqual(Array(8).fill(200));
  expect([...result.subarray(10, 16)]).toEqual(Array(6).fill(10));
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { externalContours, type Point } from "./external-contours.ts";
import type { Mask } from "./picture.ts";

const masks = fc
  .tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 14 }), fc.constantFrom(0.3, 0.5, 0.7))
  .chain(([width, height, density]) =>
    fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: width * height,
        maxLength: width * height,
      })
      .map(
        (cells): Mask => ({
          width,
          height,
          data: Uint8Array.from(cells, (cell) => (cell < density ? 1 : 0)),
        }),
      ),
  );

/** `[left, top, right, bottom]` of a list of points. */
const boxOf = (points: readonly Point[]) => {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].join();
};

/** The same by flooding: slow, and plainly right. */
function boxesByFlooding({ width, height, data }: Mask): string[] {
  const value = (x: number, y: number) => (data[y * width + x] && x >= 0 && x < width ? 1 : 0);
  const seen = new Set<string>();
  const flood = (x: number, y: number, reach: readonly Point[]): Point[] => {
    const found: Point[] = [];
    const stack: Point[] = [[x, y]];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const [cx, cy] = next;
      if (cx < -1 || cy < -1 || cx > width || cy > height) continue;
      if (value(cx, cy) !== value(x, y) || seen.has(next.join())) continue;
      seen.add(next.join());
      found.push(next);
      for (const [dx, dy] of reach) stack.push([cx + dx, cy + dy]);
    }
    return found;
  };
  const sides: Point[] = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ];
  const corners: Point[] = [
    [1, 1],
    [-1, 1],
    [1, -1],
    [-1, -1],
  ];
  const outside = new Set(flood(-1, -1, sides).map(String));
  const boxes: string[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (value(x, y) === 0 || seen.has(`${x},${y}`)) continue;
      const part = flood(x, y, [...sides, ...corners]);
      if (outside.has(`${x - 1},${y}`)) boxes.push(boxOf(part));
    }
  return boxes;
}

it("outlines each component that lies in no hole once, whatever the mask", () => {
  fc.assert(
    fc.property(masks, (mask) => {
      expect([...externalContours(mask)].map(boxOf)).toEqual(boxesByFlooding(mask));
    }),
    { numRuns: 400 },
  );
});

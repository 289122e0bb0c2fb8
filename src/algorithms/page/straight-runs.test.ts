import { expect, test } from "vitest";
import { onStraightRuns } from "./straight-runs.ts";

const WIDTH = 61;
const HEIGHT = 47;
const LENGTH = 9;

function plane(isSet: (x: number, y: number) => boolean) {
  const data = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) =>
    isSet(at % WIDTH, Math.floor(at / WIDTH)) ? 1 : 0,
  );
  return { width: WIDTH, height: HEIGHT, data };
}

const countOf = (data: Uint8Array) => data.reduce((sum, value) => sum + value, 0);

test("dots have no straight run, not even those that the plane's edges cut", () => {
  for (const shift of [0, 1, 2, 3])
    expect(
      countOf(
        onStraightRuns(
          plane((x, y) => (x + shift) % 8 < 3 && (y + shift) % 8 < 3),
          LENGTH,
        ),
      ),
    ).toBe(0);
});

test("a line is found whole, at the edges as in the middle", () => {
  for (const row of [0, 20, HEIGHT - 1])
    for (const from of [0, 25, WIDTH - 12]) {
      const line = plane((x, y) => y === row && x >= from && x < from + 12);
      expect(onStraightRuns(line, LENGTH)).toEqual(line.data);
    }
  for (const column of [0, 30, WIDTH - 1])
    for (const from of [0, 20, HEIGHT - 12]) {
      const line = plane((x, y) => x === column && y >= from && y < from + 12);
      expect(onStraightRuns(line, LENGTH)).toEqual(line.data);
    }
});

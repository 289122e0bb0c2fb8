import { expect, it } from "vitest";
import { inkAndTone } from "./ink-and-tone.ts";
import { localContrast } from "./local-contrast.ts";
import { pageScale } from "./page-scale.ts";
import type { Bytes } from "./running-extremes.ts";
import { screentoneOf } from "./screentone.ts";
import { specksOf } from "./specks.ts";
import { tilesOf } from "./tiles.ts";

// Wide enough for two tiles with few rows.
const WIDTH = 12_000;
const HEIGHT = 210;

/** Dots, lines and slopes, from whole numbers. */
function strip(): Bytes {
  const data = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const dot = (x + y) % 6 < 3 && (x - y + 6000) % 6 < 3 && x % 900 < 500 ? 160 : 0;
      const line = (3 * x + 5 * y) % 211 < 9 ? 200 : 0;
      data[y * WIDTH + x] = Math.max(0, 250 - dot - line - ((x * 7 + y * 13) % 5));
    }
  return { width: WIDTH, height: HEIGHT, data };
}

function rows(plane: Bytes, from: number, to: number): Bytes {
  return { width: WIDTH, height: to - from, data: plane.data.subarray(from * WIDTH, to * WIDTH) };
}

it("tiles cover every row once, and overlap by the reach", () => {
  const tiles = [...tilesOf(800, 30_000, 40)];
  expect(tiles[0]?.top).toBe(0);
  expect(tiles.at(-1)?.bottom).toBe(30_000);
  for (const [place, tile] of tiles.entries()) {
    expect(tile.from).toBe(Math.max(0, tile.top - 40));
    expect(tile.to).toBe(Math.min(30_000, tile.bottom + 40));
    if (place > 0) expect(tile.top).toBe(tiles[place - 1]?.bottom);
    expect((tile.to - tile.from) * 800).toBeLessThan(2_000_000);
  }
});

it("what is worked out in tiles does not show where they meet", () => {
  const page = strip();
  const scale = pageScale(1000, 1500);
  const work = (gray: Bytes) => {
    const contrast = localContrast(gray);
    const specks = specksOf(contrast, scale.speckSize);
    const likeness = screentoneOf(contrast, specks, scale);
    const screentone = { ...gray, data: likeness.data.map((share) => (share > 127 ? 255 : 0)) };
    return {
      contrast,
      likeness,
      ...inkAndTone({ gray, specks, screentone, kind: "screentone", scale, pitch: 5 }),
    };
  };
  const whole = work(page);
  const seam = [...tilesOf(WIDTH, HEIGHT, 0)][0]?.bottom ?? 0;
  expect(seam).toBeGreaterThan(100);
  expect(seam).toBeLessThan(HEIGHT - 70);
  // A cut around the seam that is one tile by itself, far enough from its own edges.
  const [from, to] = [seam - 60, seam + 60];
  const part = work(rows(page, from, to));
  const middle = (data: ArrayLike<number>, top: number) =>
    Array.from({ length: 4 * WIDTH }, (_, at) => data[(seam - 2 - top) * WIDTH + at]);
  expect(middle(part.contrast.data, from)).toEqual(middle(whole.contrast.data, 0));
  expect(middle(part.likeness.data, from)).toEqual(middle(whole.likeness.data, 0));
  expect(middle(part.ink, from)).toEqual(middle(whole.ink, 0));
  expect(middle(part.tone, from)).toEqual(middle(whole.tone, 0));
});

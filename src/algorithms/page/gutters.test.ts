import { describe, expect, it } from "vitest";
import { gutterMask } from "./gutters.ts";
import { panelCells } from "./panel-cells.ts";
import type { Bytes } from "./running-extremes.ts";

const WIDTH = 400;
const HEIGHT = 500;

/** White paper with frames two pixels wide: 1 is paper. */
function framed(
  ...boxes: readonly (readonly [left: number, top: number, right: number, bottom: number])[]
): Bytes {
  const data = new Uint8Array(WIDTH * HEIGHT).fill(1);
  for (const [left, top, right, bottom] of boxes)
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++)
        if (x < left + 2 || y < top + 2 || x >= right - 2 || y >= bottom - 2) data[y * WIDTH + x] = 0;
  return { width: WIDTH, height: HEIGHT, data };
}

const THREE = framed([20, 20, 380, 240], [20, 255, 190, 480], [205, 255, 380, 480]);

describe("panels' cells", () => {
  it("are what straight gutters leave of a page", () => {
    expect(panelCells(THREE)).toEqual([
      { x: 20, y: 20, width: 360, height: 220 },
      { x: 20, y: 255, width: 170, height: 225 },
      { x: 205, y: 255, width: 175, height: 225 },
    ]);
  });

  it("do not exist on a page that bleeds off its edges", () => {
    expect(panelCells({ width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT) })).toBeNull();
  });

  it("are none on blank paper", () => {
    expect(panelCells(framed())).toEqual([]);
  });
});

describe("gutters", () => {
  const at = (page: Bytes, x: number, y: number) => gutterMask(page, [], WIDTH * HEIGHT).data[y * WIDTH + x];

  it("end at a frame, however many gaps it has", () => {
    const gaps = { ...THREE, data: THREE.data.slice() };
    for (let x = 20; x < 380; x++)
      if (x % 40 < 12) for (const y of [20, 21, 238, 239]) gaps.data[y * WIDTH + x] = 1;
    expect(at(gaps, 10, 250)).toBe(1);
    expect(at(gaps, 197, 300)).toBe(1);
    for (const [x, y] of [
      [200, 100],
      [30, 30],
      [100, 400],
    ] as const)
      expect(at(gaps, x, y)).toBe(0);
  });

  it("run slanted between panels too", () => {
    const page = framed([20, 20, 380, 480]);
    for (let y = 22; y < 478; y++)
      for (let x = 22; x < 378; x++) {
        const middle = 180 + (y - 20) / 10;
        page.data[y * WIDTH + x] = Math.abs(x - middle) < 4 ? 1 : 0;
      }
    for (let y = 20; y < 22; y++) for (let x = 170; x < 190; x++) page.data[y * WIDTH + x] = 1;
    expect(at(page, 203, 250)).toBe(1);
    expect(at(page, 100, 250)).toBe(0);
  });

  it("are not the sky or the snow of a picture that bleeds off the page", () => {
    const page = framed();
    for (let y = 0; y < HEIGHT; y++)
      for (let x = 0; x < WIDTH; x++) {
        const sky = y < 380 - x + 20 * Math.sin(x / 20);
        const snow = x < 60 && y > 490 - x / 2 && (x + y) % 90 > 20;
        page.data[y * WIDTH + x] = sky || snow ? 1 : 0;
      }
    expect(at(page, 60, 100)).toBe(0);
    expect(gutterMask(page, [], WIDTH * HEIGHT).data.includes(1)).toBe(false);
  });

  it("of a strip are as high as they like, where they go from side to side", () => {
    const page = framed();
    for (let y = 0; y < HEIGHT; y++)
      for (let x = 0; x < WIDTH; x++)
        if (y < 150 + 10 * Math.sin(x / 9) || y > 350 + 10 * Math.sin(x / 7)) page.data[y * WIDTH + x] = 0;
    expect(at(page, 200, 260)).toBe(1);
  });

  it("are not what lies white between the dots of a screentone", () => {
    const page = framed([20, 20, 380, 480]);
    for (let y = 22; y < 478; y++)
      for (let x = 22; x < 378; x++) page.data[y * WIDTH + x] = x % 5 < 2 && y % 5 < 2 ? 0 : 1;
    expect(at(page, 204, 253)).toBe(0);
  });
});

import { describe, expect, it } from "vitest";
import { seededRandom } from "../anomaly/seeded-random.ts";
import type { Picture } from "../image/picture.ts";
import { pageLight } from "./page-light.ts";
import { DrawnPage } from "./testing.ts";

type Rgb = readonly [number, number, number];
/** What becomes of a gray at a place. */
type Tint = (gray: number, x: number, y: number) => Rgb;

const [WIDTH, HEIGHT] = [600, 850];
const WHITE: Rgb = [255, 255, 255];
const YELLOWED: Rgb = [235, 205, 150];

/** Panels of screentone, of paint and of lines, with a face. */
const drawn = new DrawnPage(WIDTH, HEIGHT);
drawn.dots({ x: 30, y: 30, width: 540, height: 250 }, 7, 0.3, 45);
drawn.paint({ x: 30, y: 300, width: 540, height: 250 }, (x, y) => 60 + Math.floor((x + y) / 6));
drawn.face(300, 700, 90);
for (const y of [30, 300, 570]) drawn.frame({ x: 30, y, width: 540, height: 250 }, 4);

function tinted(tint: Tint): Picture {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (const [pixel, gray] of drawn.gray.entries())
    data.set(tint(gray, pixel % WIDTH, Math.floor(pixel / WIDTH)).map(Math.round), 3 * pixel);
  return { width: WIDTH, height: HEIGHT, data };
}

const onPaper = (gray: number, paper: Rgb) => paper.map((part) => (gray * part) / 255) as unknown as Rgb;
const mixed = (one: Rgb, other: Rgb, share: number) =>
  one.map((part, at) => part + (other[at]! - part) * share) as unknown as Rgb;

function noisy(tint: Tint, amount: number): Tint {
  const random = seededRandom(5);
  return (gray, x, y) =>
    tint(gray, x, y).map((part) =>
      Math.max(0, Math.min(255, part + amount * (random.uniform() + random.uniform() - 1))),
    ) as unknown as Rgb;
}

const plain: Tint = (gray) => [gray, gray, gray];
const ramp: Tint = (gray, _, y) => onPaper(gray, mixed(WHITE, YELLOWED, y / HEIGHT));
const corners: Tint = (gray, x, y) =>
  onPaper(gray, mixed(WHITE, YELLOWED, (Math.hypot(x / WIDTH - 0.5, y / HEIGHT - 0.5) / 0.71) ** 2));
const stain: Tint = (gray, x, y) =>
  onPaper(gray, mixed(WHITE, YELLOWED, Math.max(0, Math.min(1, 3 - Math.hypot(x - 350, y - 400) / 60))));
const twoPapers: Tint = (gray, x) => onPaper(gray, x < 300 ? WHITE : [245, 228, 190]);
const brownInk: Tint = (gray) => mixed([60, 38, 20], [250, 236, 205], gray / 255);
const stamped: Tint = (gray, x, y) =>
  Math.max(Math.abs(x - 480), Math.abs(y - 150)) < 58
    ? mixed(plain(gray, x, y), [200, 30, 40], 0.8)
    : ramp(gray, x, y);

/** Paint in pale colours of one lightness, here and there. */
const muted: Tint = (gray, x, y) => {
  const colours: readonly Rgb[] = [
    [196, 178, 150],
    [168, 182, 192],
  ];
  const isPainted = x % 180 < 40 && y % 260 < 40;
  return isPainted ? colours[Math.floor(x / 14) % 2]! : [gray, gray, gray];
};
const sunset: Tint = (gray) => mixed([90, 20, 10], [255, 190, 90], gray / 255);

describe("whether a page has colours", () => {
  it.each<[string, Tint]>([
    ["gray", plain],
    ["gray with a scanner's noise", noisy(plain, 24)],
    ["on paper that yellows downwards", ramp],
    ["on paper that yellows downwards, with noise", noisy(ramp, 16)],
    ["on paper with brown corners", corners],
    ["on paper with a stain", stain],
    ["on two papers side by side", twoPapers],
    ["in brown ink", brownInk],
    ["on yellowed paper, with one red stamp", stamped],
  ])("a page %s has none", (_, tint) => {
    expect(pageLight(tinted(tint)).coloured).toBe(false);
  });

  it.each<[string, Tint]>([
    ["with pale colours in several places", muted],
    ["with pale colours, with noise", noisy(muted, 16)],
    ["in one glowing mood", sunset],
  ])("a page %s has some", (_, tint) => {
    expect(pageLight(tinted(tint)).coloured).toBe(true);
  });

  it("a scanner whose three colours lie a third of a pixel apart makes none", () => {
    const page = tinted((gray, x, y) => {
      const beside = (at: number) => drawn.gray[y * WIDTH + Math.max(0, Math.min(WIDTH - 1, at))]!;
      return [gray + (beside(x - 1) - gray) / 3, gray, gray + (beside(x + 1) - gray) / 3];
    });
    expect(pageLight(page).coloured).toBe(false);
  });

  it.each([
    [1, 1],
    [3, 2],
    [2, 900],
    [900, 2],
  ])("a page of %i x %i pixels is gray, or red, as it is painted", (width, height) => {
    const page = (colour: Rgb) => ({
      width,
      height,
      data: Uint8Array.from({ length: width * height * 3 }, (_, byte) => colour[byte % 3]!),
    });
    expect(pageLight(page([90, 90, 90])).coloured).toBe(false);
    expect(pageLight(page([200, 40, 30])).coloured).toBe(true);
  });
});

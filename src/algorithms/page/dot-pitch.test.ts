import { expect, it } from "vitest";
import { dotPitch } from "./dot-pitch.ts";
import { localContrast } from "./local-contrast.ts";
import { specksOf } from "./specks.ts";
import { DrawnPage } from "./testing.ts";

const TONE = { x: 0, y: 0, width: 256, height: 256 };

function pitchOf(page: DrawnPage, screened: 0 | 255 = 255): number {
  const size = { width: page.width, height: page.height };
  const specks = specksOf(localContrast({ ...size, data: page.gray }), 8);
  return dotPitch({ ...size, data: new Uint8Array(page.gray.length).fill(screened) }, specks);
}

it.each(
  [4, 5, 6, 7].flatMap((pitch) =>
    [15, 45].flatMap((degrees) => [0.12, 0.3].map((share) => ({ pitch, degrees, share }))),
  ),
)("dots $pitch apart at $degrees degrees, $share black, are measured", ({ pitch, degrees, share }) => {
  const page = new DrawnPage(256, 256);
  page.dots(TONE, pitch, share, degrees);
  expect(Math.abs(pitchOf(page) - pitch)).toBeLessThan(0.5);
});

it("lines across the dots change little", () => {
  const page = new DrawnPage(256, 256);
  page.dots(TONE, 5, 0.3, 45);
  page.paint(TONE, (x, y) => ((x + 2 * y) % 90 < 8 ? 10 : null));
  expect(Math.abs(pitchOf(page) - 5)).toBeLessThan(0.5);
});

it("is unknown without dots, without screentone, and on a page smaller than a place", () => {
  const dotted = new DrawnPage(256, 256);
  dotted.dots(TONE, 5, 0.3, 45);
  expect(pitchOf(dotted, 0)).toBe(0);
  expect(pitchOf(new DrawnPage(256, 256))).toBe(0);
  expect(pitchOf(new DrawnPage(20, 20))).toBe(0);
});

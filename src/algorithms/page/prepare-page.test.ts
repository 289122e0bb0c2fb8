import { expect, it } from "vitest";
import { preparePage } from "./prepare-page.ts";

it.each([
  [1, 1],
  [3, 2],
  [1, 300],
  [300, 1],
])("a page of %i x %i pixels has planes of its size", (width, height) => {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, byte) => (byte * 37) % 256);
  const page = preparePage({ width, height, data });
  for (const plane of [page.ink, page.tone, page.screentone, page.textMask, page.gutterMask])
    expect(plane.data.length).toBe(width * height);
  expect(page.panels.length).toBeGreaterThan(0);
});

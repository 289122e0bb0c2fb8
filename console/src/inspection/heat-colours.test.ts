import { expect, test } from "vitest";
import { heatColours } from "./heat-colours.ts";

test("cold is transparent, hot is bright and opaque, and it rises between", () => {
  const pixels = new Uint8ClampedArray([0, 128, 255].flatMap((gray) => [gray, gray, gray, 255]));
  heatColours(pixels);
  expect(pixels[3]).toBe(0);
  expect([...pixels.slice(8)]).toEqual([252, 245, 120, 255]);
  expect(pixels[7]).toBeGreaterThan(150);
  expect(pixels[7]).toBeLessThan(220);
});

import { expect, test } from "vitest";
import { naturalPlace } from "./picture-point.ts";

test("a click is a place in the picture's own pixels, and never beyond its border", () => {
  const box = { left: 10, top: 20, width: 100, height: 200 };
  const natural = { width: 1_000, height: 2_000 };
  expect(naturalPlace({ x: 60, y: 120 }, box, natural)).toEqual({ x: 500, y: 1_000 });
  expect(naturalPlace({ x: 9, y: 500 }, box, natural)).toEqual({ x: 0, y: 1_999 });
});

import { expect, test } from "vitest";
import { readShape } from "./read-shape.ts";

const picture = { width: 10, height: 6 };
const area = (shape: unknown) =>
  readShape(shape, picture).mask?.data.reduce((sum, inside) => sum + inside, 0) ?? null;

test("no shape is no mask", () => {
  for (const shape of [undefined, null, "", "  ", "null"]) expect(area(shape)).toBeNull();
});

test("shapes come as text or as objects, their kind in any case, with keys that mean nothing to us", () => {
  expect(area({ kind: "RECT", x: 1, y: 1, w: 3, h: 2, cx: null })).toBe(6);
  expect(area('{"kind": " rect "}')).toBe(60);
  expect(area({ kind: "circle", cx: 5, cy: 3, r: 0 })).toBe(1);
  expect(area({ kind: "annulus", cx: 5, cy: 3, r: 1 })).toBe(4);
});

test("what reaches beyond the crop is clipped and said; what lies outside of it leaves an empty mask", () => {
  const wide = readShape({ kind: "rect", x: -5, y: 0, w: 8, h: 6 }, picture);
  expect(wide.warnings).toEqual(["shape reaches beyond the 10x6 crop and was clipped"]);
  expect(wide.mask?.data.reduce((sum, inside) => sum + inside, 0)).toBe(18);
  const outside = { kind: "circle", cx: 500, cy: 500, r: 3 };
  expect(area(outside)).toBe(0);
  expect(readShape(outside, picture).warnings).toEqual([
    wide.warnings[0],
    "shape covers nothing of the 10x6 crop: nothing was inspected, and the score is 0",
  ]);
  expect(readShape({ kind: "rect", x: 1, y: 1, w: 0, h: 3 }, picture).warnings).toHaveLength(1);
  expect(readShape({ kind: "rect" }, picture).warnings).toEqual([]);
});

test.each([
  "{",
  "[".repeat(5_000),
  "3",
  '"circle"',
  "[]",
  "{}",
  '{"kind":"star"}',
  '{"kind":7}',
  '{"kind":"circle","cx":1,"cy":1}',
  '{"kind":"circle","cx":1,"cy":1,"r":-1}',
  '{"kind":"rect","x":"1"}',
  '{"kind":"rect","w":1e300}',
  '{"kind":"polygon","points":[[0,0],[1,1]]}',
  '{"kind":"polygon","points":[[0,0],[1,1],[null,2]]}',
])("%s is refused", (shape) => {
  expect(() => readShape(shape, picture)).toThrow(
    expect.objectContaining({
      code: "invalid_shape",
      status: 400,
      message: expect.stringMatching(/^shape /),
    }),
  );
});

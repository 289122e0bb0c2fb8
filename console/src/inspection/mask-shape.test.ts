import { expect, test } from "vitest";
import { draggedShape, outlineOf, shapeFrom } from "./mask-shape.ts";

test("dragging draws, in whatever direction", () => {
  expect(draggedShape("rect", { x: 9, y: 2 }, { x: 4, y: 7 })).toEqual({
    kind: "rect",
    x: 4,
    y: 2,
    w: 5,
    h: 5,
  });
  expect(draggedShape("circle", { x: 5, y: 5 }, { x: 8, y: 9 })).toEqual({
    kind: "circle",
    cx: 5,
    cy: 5,
    r: 5,
  });
  expect(draggedShape("annulus", { x: 0, y: 0 }, { x: 10, y: 0 })).toMatchObject({ r: 10, r_inner: 5 });
});

test("every shape has an outline; a ring has two", () => {
  expect(outlineOf({ kind: "rect", x: 1, y: 2, w: 3, h: 4 })).toBe("M1 2h3v4h-3Z");
  expect(outlineOf({ kind: "annulus", cx: 5, cy: 5, r: 4, r_inner: 2 }).match(/M/g)).toHaveLength(2);
  expect(
    outlineOf({
      kind: "polygon",
      points: [
        [0, 0],
        [4, 0],
        [0, 4],
      ],
    }),
  ).toBe("M0 0L4 0L0 4Z");
});

test("what is half-typed is no shape yet", () => {
  expect(shapeFrom('{"kind":"circle","cx":1,"cy":2,"r":3}')).toEqual({ kind: "circle", cx: 1, cy: 2, r: 3 });
  for (const text of [
    "",
    "{",
    '{"kind":"circle"}',
    '{"kind":"star"}',
    '{"kind":"polygon","points":[[1]]}',
    "null",
  ])
    expect(shapeFrom(text)).toBeNull();
});

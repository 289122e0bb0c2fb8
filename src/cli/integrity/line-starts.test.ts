import fc from "fast-check";
import { expect, it } from "vitest";
import { LineStarts } from "./line-starts.ts";

it("counts lines and columns from 1, in code points", () => {
  const lines = new LineStarts("añ😀b\n\ncd");
  expect([0, 3, 4, 5, 6, 7, 8].map((at) => lines.at(at))).toEqual([
    "1:1",
    "1:4",
    "1:5",
    "2:1",
    "3:1",
    "3:2",
    "3:3",
  ]);
});

it("agrees with a count from the beginning, for any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "\n", "😀", "é") }), fc.nat(), (text, chosen) => {
      const characters = [...text];
      const at = chosen % (characters.length + 1);
      const before = characters.slice(0, at);
      const line = before.filter((character) => character === "\n").length + 1;
      expect(new LineStarts(text).at(at)).toBe(`${line}:${at - before.lastIndexOf("\n")}`);
    }),
  );
});

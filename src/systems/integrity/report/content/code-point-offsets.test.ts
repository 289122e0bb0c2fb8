import fc from "fast-check";
import { expect, test } from "vitest";
import { CodePoints } from "../../../../algorithms/text/code-points.ts";
import { CodePointOffsets } from "./code-point-offsets.ts";

const anyText = fc
  .array(fc.constantFrom("a", "ñ", "😀", "𝒳", "\ud800", "\udc00", " ", "\n"), { maxLength: 60 })
  .map((pieces) => pieces.join(""));

test("a place in code points is the one that its UTF-16 offsets came from", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const points = new CodePoints(text);
      const offsets = new CodePointOffsets(text);
      let at = 0;
      for (const character of text) {
        expect(offsets.at(points.at(at))).toBe(at);
        at += character.length;
      }
      expect(offsets.span({ start: 0, end: points.count })).toEqual({ start: 0, end: text.length });
    }),
  );
});

test("a place behind the text is none, one that reaches beyond it ends with it", () => {
  const offsets = new CodePointOffsets("a😀b");
  expect(offsets.span({ start: 1, end: 2 })).toEqual({ start: 1, end: 3 });
  expect(offsets.span({ start: 2, end: 90 })).toEqual({ start: 3, end: 4 });
  expect(offsets.span({ start: 3, end: 4 })).toBeNull();
  expect(offsets.span({ start: 3, end: 3 })).toEqual({ start: 4, end: 4 });
  expect(offsets.span({ start: -1, end: 2 })).toBeNull();
  expect(offsets.span({ start: 2, end: 1 })).toBeNull();
});

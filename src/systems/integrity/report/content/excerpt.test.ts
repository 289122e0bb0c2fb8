import fc from "fast-check";
import { expect, test } from "vitest";
import { excerptOf } from "./excerpt.ts";

const SIZE = { context: 12, longest: 40 };
const around = (text: string, piece: string) => {
  const start = text.indexOf(piece);
  return excerptOf(text, { start, end: start + piece.length }, SIZE);
};

test("an excerpt holds whole words on both sides", () => {
  expect(around("Antes de todo está la palabra clave, y después sigue el texto.", "palabra")).toEqual({
    before: "…está la ",
    place: "palabra",
    after: " clave, y…",
  });
});

test("a short text is shown whole, without ellipses, its paragraphs on one line", () => {
  expect(around("Título\n\nuna y\nmás", "una")).toEqual({
    before: "Título ¶ ",
    place: "una",
    after: " y más",
  });
});

test("of a long place beginning and end are shown", () => {
  const { place } = around(`x ${"palabra ".repeat(30)}fin x`, `${"palabra ".repeat(30)}fin`);
  expect(place).toMatch(/^palabra .* \[…\] .*fin$/);
  expect(place.length).toBeLessThan(60);
});

test("no pair of units is ever parted", () => {
  const text = "😀".repeat(200);
  fc.assert(
    fc.property(fc.nat(199), fc.nat(30), fc.nat(40), (start, length, context) => {
      const place = { start: 2 * start, end: Math.min(2 * (start + length), text.length) };
      const { before, place: found, after } = excerptOf(text, place, { context, longest: 9 });
      expect((before + found + after).isWellFormed()).toBe(true);
    }),
  );
});

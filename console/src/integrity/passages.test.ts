import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { excerptOf, segmentsOf } from "./passages.ts";

describe("a text cut at its marked places", () => {
  test("shows which places cover each stretch", () => {
    const segments = segmentsOf("one two three", [
      { start: 4, end: 7 },
      { start: 0, end: 5 },
    ]);
    expect(segments).toEqual([
      { text: "one ", places: [1] },
      { text: "t", places: [0, 1] },
      { text: "wo", places: [0] },
      { text: " three", places: [] },
    ]);
  });

  test("counts code points, as the server does", () => {
    const [, marked] = segmentsOf("a😀b", [{ start: 1, end: 2 }]);
    expect(marked).toEqual({ text: "😀", places: [0] });
  });

  test("loses nothing and marks exactly what is covered, whatever the places", () => {
    const place = fc.tuple(fc.nat(30), fc.nat(30)).map(([start, length]) => ({ start, end: start + length }));
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 25 }),
        fc.array(place, { maxLength: 6 }),
        (text, places) => {
          const segments = segmentsOf(text, places);
          expect(segments.map((segment) => segment.text).join("")).toBe(text);
          let point = 0;
          for (const segment of segments) {
            for (const _ of segment.text) {
              const covering = places.flatMap(({ start, end }, index) =>
                start <= point && point < end ? [index] : [],
              );
              expect([...segment.places]).toEqual(covering);
              point++;
            }
          }
        },
      ),
    );
  });
});

test("an excerpt has the place and some of what is around it", () => {
  expect(excerptOf("abcdefgh", { start: 3, end: 5 }, 2)).toEqual({ before: "… bc", at: "de", after: "fg …" });
  expect(excerptOf("abc", { start: 0, end: 3 }, 9)).toEqual({ before: "", at: "abc", after: "" });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CodePoints, countCodePoints } from "./code-points.ts";
import { detectLanguage } from "./language.ts";
import { prepareText, wordsIn } from "./prepared-text.ts";
import { coveredLength, mergeSpans, overlap } from "./span.ts";

const slices = (text: string, spans: readonly { start: number; end: number }[]) =>
  spans.map(({ start, end }) => text.slice(start, end));

describe("words", () => {
  test("are compared without case and accents, and keep their places", () => {
    const { text, words } = prepareText("¡Según AÑO, «vice-versa» d'accord!");
    expect(words.folded).toEqual(["segun", "ano", "vice-versa", "d'accord"]);
    expect(slices(text, [{ start: words.starts[0]!, end: words.ends[0]! }])).toEqual(["Según"]);
  });

  test("of a million letters are cut into pieces, which costs no more than prose", () => {
    const { words } = prepareText("a".repeat(1_000_000));
    expect(words.count).toBe(10_000);
    expect(words.ends.at(-1)).toBe(1_000_000);
  });

  test("lie inside the text, in order, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const { words } = prepareText(text);
        for (let index = 0; index < words.count; index++) {
          expect(words.ends[index]!).toBeGreaterThan(words.starts[index]!);
          if (index > 0) expect(words.starts[index]!).toBeGreaterThanOrEqual(words.ends[index - 1]!);
        }
        expect(words.ends.at(-1) ?? 0).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  test("of a place are found by its borders", () => {
    const prepared = prepareText("uno dos tres cuatro");
    expect(wordsIn(prepared, { start: 4, end: 12 })).toEqual({ first: 1, last: 3 });
    expect(wordsIn(prepared, { start: 0, end: 0 })).toEqual({ first: 0, last: 0 });
  });
});

describe("sentences and paragraphs", () => {
  test("end where a reader would end them", () => {
    const text = "El Dr. Pérez llegó. ¿Cuándo? «Ayer.» Según García et al. (2010), subió 3.5 puntos.";
    expect(slices(text, prepareText(text).sentences)).toEqual([
      "El Dr. Pérez llegó.",
      "¿Cuándo?",
      "«Ayer.»",
      "Según García et al. (2010), subió 3.5 puntos.",
    ]);
  });

  test("are apart by empty lines, or by lines where none is empty", () => {
    const paragraphs = (text: string) => slices(text, prepareText(text).paragraphs);
    expect(paragraphs("uno\ndos\n \n\ntres\r\n")).toEqual(["uno\ndos", "tres"]);
    expect(paragraphs("uno\ndos\n")).toEqual(["uno", "dos"]);
    expect(paragraphs(" \n ")).toEqual([]);
  });
});

test.each([
  ["La universidad evalúa los trabajos de sus estudiantes cada semestre.", "es"],
  ["The university evaluates the work of its students every term.", "en"],
  ["A universidade avalia os trabalhos dos seus estudantes todos os semestres.", "pt"],
  ["Die Universität bewertet die Arbeiten ihrer Studierenden.", null],
  ["0 1 2 3", null],
])("%s is %s", (text, language) => {
  expect(detectLanguage(text)).toBe(language);
});

describe("places", () => {
  test("are told in code points: a pair of units counts once", () => {
    const points = new CodePoints("a😀b😀");
    expect(points.count).toBe(4);
    expect(points.span({ start: 3, end: 6 })).toEqual({ start: 2, end: 4 });
  });

  test("agree with the string's own iterator, lone surrogates included", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.array(fc.constantFrom("\ud800", "\udc00", "x")),
        (text, odd) => {
          const whole = text + odd.join("");
          expect(countCodePoints(whole)).toBe([...whole].length);
        },
      ),
    );
  });

  test("that touch are made one", () => {
    const spans = [
      { start: 5, end: 7 },
      { start: 0, end: 3 },
      { start: 3, end: 4 },
      { start: 6, end: 9 },
    ];
    expect(mergeSpans(spans)).toEqual([
      { start: 0, end: 4 },
      { start: 5, end: 9 },
    ]);
    expect(coveredLength(spans)).toBe(8);
    expect(overlap({ start: 0, end: 3 }, { start: 3, end: 4 })).toBe(false);
  });
});

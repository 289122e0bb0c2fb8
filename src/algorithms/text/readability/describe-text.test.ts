import fc from "fast-check";
import { describe, expect, it } from "vitest";
import vectors from "../../../../tests/vectors/readability.json" with { type: "json" };
import type { Language } from "../language.ts";
import { prepareText } from "../prepared-text.ts";
import { describeText, type TextSignals } from "./describe-text.ts";
import { mtld } from "./lexical-diversity.ts";
import { infleszBand } from "./reading-ease.ts";
import { burstiness } from "./spread.ts";

const inLanguage = (text: string, language: Language | null) =>
  describeText({ ...prepareText(text), language });

const flat = ({ reading_ease, ...rest }: TextSignals) => ({ ...rest, ...reading_ease });

describe("describeText", () => {
  it.each(vectors.cases)(
    "has the figures of a program written apart ($language)",
    ({ language, text, figures }) => {
      const measured: Record<string, unknown> = flat(inLanguage(text, language as Language));
      for (const [name, value] of Object.entries(figures)) {
        if (value === null) expect(measured[name]).toBeNull();
        else expect(measured[name]).toBeCloseTo(value, 2);
      }
    },
  );

  it("leaves out what is not defined", () => {
    expect(inLanguage("", null)).toEqual({
      language: null,
      words: 0,
      sentences: 0,
      paragraphs: 0,
      mean_sentence_words: null,
      mean_word_letters: null,
      burstiness: null,
      type_token_ratio: null,
      hapax_ratio: null,
      mtld: null,
      reading_ease: null,
    });
    const short = inLanguage("Uno dos tres cuatro. Cinco seis siete.", "es");
    expect(short).toMatchObject({ words: 7, mtld: null, reading_ease: null, type_token_ratio: 1 });
    const { text } = vectors.cases[0]!;
    expect(inLanguage(text, null)).toMatchObject({ reading_ease: null, mtld: expect.any(Number) });
  });

  it("does not count numbers as words", () => {
    expect(inLanguage("En 2015 había 300 casas.", "es").words).toBe(3);
  });

  it("gives finite figures, whatever the text", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("de la casa. ", "a".repeat(300), "\n\n"),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 200 }),
        fc.constantFrom("es", "en", "pt", null),
        (pieces, language) => {
          const figures = Object.values(flat(inLanguage(pieces.join(" "), language)));
          for (const figure of figures)
            if (typeof figure === "number") expect(figure).toSatisfy(Number.isFinite);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("figures", () => {
  it("MTLD needs a hundred words, and a word that comes twice", () => {
    const different = Array.from({ length: 100 }, (_, index) => `w${index}`);
    expect(mtld(different)).toBeNull();
    expect(mtld(different.slice(1))).toBeNull();
    expect(mtld(Array.from({ length: 100 }, () => "the"))).toBe(2);
  });

  it("burstiness is -1 for equal lengths and rises with unevenness", () => {
    expect(burstiness([7, 7, 7])).toBe(-1);
    expect(burstiness([7])).toBeNull();
    expect(burstiness([1, 1, 1, 97])!).toBeGreaterThan(burstiness([10, 20, 30, 40])!);
  });

  it("INFLESZ has five bands", () => {
    expect([40, 40.1, 55.1, 65.1, 80.1].map(infleszBand)).toEqual([
      "muy_dificil",
      "algo_dificil",
      "normal",
      "bastante_facil",
      "muy_facil",
    ]);
  });
});

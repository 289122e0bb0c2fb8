import { describe, expect, test } from "vitest";
import { findCharacters } from "../../../algorithms/text/characters/find-characters.ts";
import { LANGUAGES } from "../../../algorithms/text/language.ts";
import { findPhrases } from "../../../algorithms/text/phrases/find-phrases.ts";
import { prepareText } from "../../../algorithms/text/prepared-text.ts";
import { checkStatistics } from "../../../algorithms/text/statistics/check-statistics.ts";
import { characterExplanations } from "./characters.ts";
import type { Explanations } from "./explanation.ts";
import { phraseExplanations } from "./phrases.ts";
import { statisticsExplanations } from "./statistics.ts";

const EXPLANATIONS: Partial<Explanations<string>> = {
  ...statisticsExplanations,
  ...phraseExplanations,
  ...characterExplanations,
};

/** What is said of everything that the three analyses find in a text. */
function explain(text: string, language: (typeof LANGUAGES)[number]): string[] {
  const prepared = prepareText(text);
  return [checkStatistics, findPhrases, findCharacters]
    .flatMap((analyse) => analyse(prepared).findings)
    .map(({ rule, facts }) => EXPLANATIONS[rule]?.[language](facts) ?? `nothing about ${rule}`);
}

describe("explanations of numbers, phrases and characters", () => {
  test.each([
    "t(28) = 2,20, p = ,36",
    "t(28) = 12,20, p = ,36",
    "Los participantes (n = 25) respondieron en una escala Likert de 1 a 5 (M = 3,45).",
    "12 of 40 (35%) said so.",
    "El 45 % eligió A, el 30 % eligió B y el 35 % restante no respondió.",
    "De 120 participantes, 70 mujeres y 60 hombres.",
    "The counterfeit consciousness of bosom peril.",
    "Como modelo de lenguaje, no puedo opinar. [insertar nombre] turn0search0. I hope this helps.",
    "Aquí tienes un ensayo.\n¡Claro! Aquí tienes el texto. No tengo acceso a información en tiempo real. utm_source=openai",
    "fоrma pala\u200Bbra so\u00ADlo \uFEFFya n\u200Ao \u{E0041}\u{E0042} uno\u202Edos\u202C \u202Bx\u202C \u2067x\u2069",
  ])("name their facts in every language: %s", (text) => {
    for (const language of LANGUAGES) {
      const said = explain(text, language);
      expect(said.length).toBeGreaterThan(0);
      for (const sentence of said) {
        expect(sentence).not.toMatch(/undefined|null|NaN|nothing about|\[object|\s\s|^\s|\s$/);
        expect(sentence.length).toBeGreaterThan(60);
      }
    }
  });

  test("write numbers as the reader does", () => {
    const text = "t(28) = 2,20, p = ,36";
    expect(explain(text, "es")[0]).toContain(
      "0,0362, también si se cuentan los redondeos, y queda al otro lado de 0,05",
    );
    expect(explain(text, "en")[0]).toContain("0.0362, rounding included, and lies on the other side of .05");
    expect(explain("t(28) = 12,20, p = ,36", "pt")[0]).toContain("menor que 0,0001");
  });
});

import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../../../algorithms/text/language.ts";
import { measuredFor } from "../../../algorithms/text/machine-text/measured-rates.ts";
import { machineTextExplanations } from "./machine-text.ts";
import { styleExplanations } from "./style.ts";

const STYLE = styleExplanations["style.change"];
const MACHINE = machineTextExplanations["machine_text.likelihood"];

const change = {
  comparison: "rest_of_document",
  words: 823,
  distance: 4.49,
  threshold: 4,
  feature_1: "sentence_length",
  feature_1_here: 31.2,
  feature_1_rest: 18.4,
  feature_2: "function_word:que",
  feature_2_here: 1.5,
  feature_2_rest: 3.25,
  feature_3: "character_trigrams",
  feature_3_here: 0.81,
  feature_3_rest: 1,
};

describe("the explanation of a change of style", () => {
  it("names what differs, with both values, in each language's numbers", () => {
    expect(STYLE.es(change)).toBe(
      "El estilo de este fragmento de 823 palabras se aparta del que tiene el resto del documento: una distancia de 4,49 desviaciones típicas, y se señala a partir de 4. " +
        "Lo que más difiere: palabras por frase: 31,2 frente a 18,4; la palabra «que», con o sin tilde, por cada 100 palabras: 1,5 frente a 3,25; secuencias de tres caracteres: semejanza de 0,81 sobre 1. " +
        "Es un indicio débil: una misma persona también varía según el tema, la sección, las citas o la época, y esto no demuestra que haya escrito otra.",
    );
    expect(STYLE.en(change)).toContain("words per sentence: 31.2 against 18.4; the word “que”");
    expect(STYLE.pt(change)).toContain("palavras por frase: 31,2 contra 18,4; a palavra “que”");
  });

  it("says when it was compared with earlier texts", () => {
    const facts = {
      comparison: "earlier_texts",
      words: 600,
      earlier_words: 2300,
      distance: 4.2,
      threshold: 4,
    };
    expect(STYLE.es(facts)).toMatch(/^El estilo de este texto se aparta .*textos anteriores/);
    expect(STYLE.en(facts)).toContain("earlier texts (2,300 words)");
    expect(STYLE.pt(facts)).not.toContain("O que mais difere");
  });

  it("says in every language that it is weak", () => {
    expect(LANGUAGES.map((language) => STYLE[language](change))).toEqual([
      expect.stringContaining("indicio débil"),
      expect.stringContaining("weak evidence"),
      expect.stringContaining("indício fraco"),
    ]);
  });
});

describe("the explanation of the likelihood of machine text", () => {
  const people = measuredFor(["people", "learners"]);
  const facts = {
    score: 0.74,
    threshold: 0.55,
    phrases: ["a wide range of", "it is essential to"],
    phrases_per_1000: 20.49,
    people_texts: people.texts,
    people_reported: people.reported,
    learner_texts: measuredFor(["learners"]).texts,
  };

  it("says that it is no proof, how often it erred and on how few texts", () => {
    expect(MACHINE.es(facts)).toContain(
      "nunca una prueba: de 26 ensayos de personas (12 de estudiantes de español)",
    );
    expect(MACHINE.en(facts)).toContain("never proof: of 26 essays by people (12 by learners of Spanish)");
    expect(MACHINE.pt(facts)).toContain(
      "nunca uma prova: de 26 redações de pessoas (12 de estudantes de espanhol)",
    );
    for (const language of LANGUAGES) expect(MACHINE[language](facts)).toMatch(/61\s?%/);
  });

  it("shows the phrases that it counted", () => {
    expect(MACHINE.en(facts)).toContain("for example, “a wide range of”, “it is essential to”");
    expect(MACHINE.es({ ...facts, phrases: [] })).toContain("(20,49 por cada 1000 palabras)");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../language.ts";
import { prepareText } from "../prepared-text.ts";
import { measureMachineFeatures } from "./machine-features.ts";
import { machineParts, machineScore } from "./machine-score.ts";
import { estimateMachineText, MACHINE_TEXT_THRESHOLD } from "./machine-text.ts";
import { MODEL_ESSAYS } from "./model-essays.ts";
import { PhraseList } from "./phrase-list.ts";

/** Even, simple and impersonal, as those write who are new to a language. */
const SIMPLE = Array.from({ length: 5 }, () =>
  "La casa es grande y bonita. El perro come en la cocina. La madre va al mercado hoy. ".repeat(5).trim(),
).join("\n\n");

describe("estimateMachineText", () => {
  it.each(MODEL_ESSAYS)(
    "reports an essay that a model wrote, low and with what it rests on ($language)",
    ({ text }) => {
      const { findings, coverage } = estimateMachineText(prepareText(text));
      expect(coverage).toEqual({ done: true });
      expect(findings).toHaveLength(1);
      expect(findings[0]).toMatchObject({ rule: "machine_text.likelihood", severity: "low", span: null });
      const { phrases, contributions, people_texts } = findings[0]!.facts;
      expect(phrases).toHaveLength(5);
      expect(contributions).toContainEqual(expect.stringMatching(/^phrases:0\.\d+$/));
      expect(people_texts).toBe(26);
    },
  );

  it("says nothing about simple, even language without those phrases", () => {
    const { findings, signals } = estimateMachineText(prepareText(SIMPLE));
    expect(findings).toEqual([]);
    expect(signals?.score).toBeLessThan(0.46);
  });

  it("counts a phrase that is the topic once in a thousand words", () => {
    const about = "Hablamos de la herramienta poderosa que Juan tiene en su taller de 1990. ".repeat(40);
    expect(estimateMachineText(prepareText(about)).signals?.phrases_per_1000).toBeLessThan(3);
  });

  it("does not judge short texts nor other languages", () => {
    const short = MODEL_ESSAYS[0]!.text.slice(0, 1500);
    expect(estimateMachineText(prepareText(short)).coverage).toMatchObject({ reason: "too_short" });
    const german = "Die Universität bewertet die Arbeiten ihrer Studierenden in jedem Semester neu. ".repeat(
      60,
    );
    expect(estimateMachineText(prepareText(german)).coverage).toMatchObject({
      reason: "language_not_supported",
    });
  });

  it("scores between 0 and 1, and without stock phrases under the threshold, whatever the text", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "Además, la casa es grande. ",
        "\n\n",
        "¿2015? ",
        ...MODEL_ESSAYS.map(({ text }) => text),
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), fc.constantFrom(...LANGUAGES), (pieces, language) => {
        const features = measureMachineFeatures(prepareText(pieces.join("")), language);
        const score = machineScore(features);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1 + 1e-9);
        const bare = machineScore({ ...features, phrasesPerThousand: 0 });
        expect(bare).toBeLessThan(MACHINE_TEXT_THRESHOLD - 0.05);
        expect(machineParts(features)).toHaveLength(5);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a list of phrases", () => {
  const list = new PhraseList("\nin today's world\nin today's world of\nDesempeña un papel\n");

  it("finds the longest, without case, accents and kinds of apostrophes", () => {
    const words = ["in", "today's", "world", "of", "in", "today's", "world"];
    expect([...list.count(words)]).toEqual([
      ["in today's world of", 1],
      ["in today's world", 1],
    ]);
    expect(list.at(["desempena", "un", "papel"], 0)).toEqual({ phrase: "Desempeña un papel", words: 3 });
  });

  it("finds none within a part of one", () => {
    expect(list.count(["in", "today's"]).size).toBe(0);
    expect(list.at([], 0)).toBeNull();
  });
});

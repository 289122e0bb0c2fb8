import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SeededRandom, seededRandom } from "../../anomaly/seeded-random.ts";
import { prepareText } from "../prepared-text.ts";
import { compareWithEarlier } from "./earlier-texts.ts";
import { findSegments } from "./segments.ts";
import { findStyleChange } from "./style-change.ts";

/** Habits of somebody who writes. */
interface Habits {
  readonly joints: readonly string[];
  readonly openings: readonly string[];
  readonly clauses: number;
}

const PLAIN: Habits = {
  joints: [" y ", " porque ", ", pero ", " cuando "],
  openings: ["Yo creo que ", "También ", "Y ", "En mi casa "],
  clauses: 2,
};
const ORNATE: Habits = {
  joints: ["; ", " (por lo cual) ", ", según el cual ", "; sin embargo, "],
  openings: ["Mediante aquello, ", "Durante este tiempo: ", "Tampoco, entonces, ", "Hacia el final, "],
  clauses: 5,
};

const SUBJECTS = ["la ciudad", "el río", "un vecino", "su maestra", "la escuela", "el campo", "una carta"];
const VERBS = ["cambia", "espera", "mira", "recuerda", "explica", "encuentra", "pierde"];
const OBJECTS = ["el camino", "los libros", "una casa", "las noches", "el trabajo", "su nombre", "la luz"];

const pick = (random: SeededRandom, list: readonly string[]) => list[random.below(list.length)]!;

function write({ joints, openings, clauses }: Habits, paragraphs: number, seed: number): string {
  const random = seededRandom(seed);
  const clause = () => `${pick(random, SUBJECTS)} ${pick(random, VERBS)} ${pick(random, OBJECTS)}`;
  const sentence = () => {
    const parts = Array.from({ length: clauses + random.below(2) }, clause);
    return `${pick(random, openings)}${parts.reduce((all, part) => all + pick(random, joints) + part)}.`;
  };
  const paragraph = () => Array.from({ length: 3 }, sentence).join(" ");
  return Array.from({ length: paragraphs }, paragraph).join("\n\n");
}

const textOf = (text: string, span: { start: number; end: number } | null) =>
  span === null ? null : text.slice(span.start, span.end);

describe("findStyleChange", () => {
  it("finds the stretch that somebody else wrote, and says by what", () => {
    const inserted = write(ORNATE, 8, 2);
    const text = [write(PLAIN, 30, 1), inserted, write(PLAIN, 30, 3)].join("\n\n");
    const { findings, signals, coverage } = findStyleChange(prepareText(text));
    expect(coverage).toEqual({ done: true });
    expect(findings).toHaveLength(1);
    expect(signals?.changes).toBe(1);
    const found = textOf(text, findings[0]!.span)!;
    expect(inserted.includes(found.slice(-200)) || found.includes(inserted.slice(-200))).toBe(true);
    expect(findings[0]).toMatchObject({
      rule: "style.change",
      threshold: 4,
      facts: { comparison: "rest_of_document", distance: findings[0]!.value, feature_1: expect.any(String) },
    });
  });

  it("finds nothing where one hand wrote", () => {
    for (const seed of [11, 12, 13, 14, 15]) {
      expect(findStyleChange(prepareText(write(PLAIN, 60, seed))).findings).toEqual([]);
      expect(findStyleChange(prepareText(write(ORNATE, 25, seed))).findings).toEqual([]);
    }
  });

  it("never says more than medium", () => {
    const text = [write(PLAIN, 60, 1), write(ORNATE, 12, 2)].join("\n\n");
    for (const { severity } of findStyleChange(prepareText(text)).findings) expect(severity).not.toBe("high");
  });

  it("does not look at short texts, nor at other languages", () => {
    expect(findStyleChange(prepareText(write(PLAIN, 6, 1))).coverage).toEqual({
      done: false,
      reason: "too_short",
      facts: { segments: 2, needed: 4 },
    });
    const german = "Die Universität bewertet die Arbeiten ihrer Studierenden in jedem Semester neu. ".repeat(
      80,
    );
    expect(findStyleChange(prepareText(german)).coverage).toEqual({
      done: false,
      reason: "language_not_supported",
    });
  });

  it("gives findings in the order of the text, inside it, at most fifty, whatever the text", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.integer().map((seed) => write(PLAIN, 4, seed)),
      fc.integer().map((seed) => write(ORNATE, 4, seed)),
      fc.constantFrom("\n\n", ",".repeat(500), "a".repeat(500), "1 2 3 4 5\n"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join("\n\n");
        const { findings } = findStyleChange(prepareText(text));
        expect(findings.length).toBeLessThanOrEqual(50);
        let before = 0;
        for (const { span, value } of findings) {
          expect(value).toBeGreaterThanOrEqual(4);
          expect(span!.start).toBeGreaterThanOrEqual(before);
          expect(span!.end).toBeGreaterThan(span!.start);
          before = span!.end;
        }
        expect(before).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 40 },
    );
  });
});

describe("segments", () => {
  it("leave out headings, tables, references and other languages", () => {
    const references = Array.from(
      { length: 30 },
      (_, index) =>
        `García, J., Pérez, M. (20${10 + (index % 10)}). Title number ${index}. Journal, 12(3), 45-67.`,
    );
    const text = [
      "3. Resultados",
      write(PLAIN, 12, 1),
      "Grupo 1 12.5 3.4 18.9 Grupo 2 13.1 2.9 20.4 Grupo 3 11.8 3.0 19.7",
      "This abstract was written in English, so that its words are not those of the Spanish text around it.",
      ...references,
    ].join("\n\n");
    const segments = findSegments(prepareText(text), "es");
    const measured = segments.flatMap(({ pieces }) => pieces.map(({ span }) => textOf(text, span)!));
    expect(measured.join("\n\n")).toBe(write(PLAIN, 12, 1));
  });

  it("cut a paragraph of thousands of words at its sentences", () => {
    const text = write(PLAIN, 200, 1).replaceAll("\n\n", " ");
    const segments = findSegments(prepareText(text), "es");
    expect(segments.length).toBeGreaterThan(15);
    expect(segments.every(({ words }) => words >= 100)).toBe(true);
    expect(segments.slice(1).every(({ span }) => text[span.start - 2] === ".")).toBe(true);
  });
});

describe("compareWithEarlier", () => {
  const earlier = [21, 22, 23].map((seed) => prepareText(write(PLAIN, 20, seed)));

  it("says where a text is unlike the earlier ones", () => {
    const { findings, signals } = compareWithEarlier(prepareText(write(ORNATE, 15, 5)), earlier);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      rule: "style.change",
      span: null,
      facts: { comparison: "earlier_texts", earlier_words: signals?.earlier_words },
    });
  });

  it("says nothing where it is like them", () => {
    const { findings, coverage } = compareWithEarlier(prepareText(write(PLAIN, 20, 31)), earlier);
    expect(coverage).toEqual({ done: true });
    expect(findings).toEqual([]);
  });

  it("needs 300 words of one language on both sides", () => {
    const reason = (text: string, others: string[]) => {
      const { coverage } = compareWithEarlier(prepareText(text), others.map(prepareText));
      return coverage.done ? null : coverage.reason;
    };
    const long = write(PLAIN, 20, 1);
    const english = "The university evaluates the work of its students every term. ".repeat(40);
    expect(reason(write(PLAIN, 5, 1), [long])).toBe("too_short");
    expect(reason(long, [])).toBe("too_short");
    expect(reason(long, [english])).toBe("too_short");
    expect(reason(long, [long])).toBeNull();
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../anomaly/seeded-random.ts";
import { findWords } from "../words.ts";
import { alignTexts } from "./align.ts";
import type { Passage } from "./passages.ts";

/** Prose of so many words of a large vocabulary: two seeds share words, and hardly two in a row. */
function prose(count: number, seed: number): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => `palabra${Math.floor(2_000 * random.uniform() ** 2)}`);
}

const align = (here: string, there: string) => alignTexts(findWords(here), findWords(there));
const places = (passages: readonly Passage[], here: string, there: string) =>
  passages.map(({ suspicious, source }) => [
    here.slice(suspicious.start, suspicious.end),
    there.slice(source.start, source.end),
  ]);

const COPIED = `La evaluación de los trabajos escritos exige tiempo, criterios claros y la disposición de volver sobre
  cada argumento con paciencia, porque ningún índice sustituye la lectura atenta de quien conoce el tema.`;

describe("the alignment of two texts", () => {
  test("finds a copied passage to the letter on both sides", () => {
    const here = `${prose(300, 1).join(" ")}. ${COPIED} ${prose(200, 2).join(" ")}.`;
    const there = `${prose(50, 3).join(" ")}: «${COPIED.toUpperCase()}» ${prose(400, 4).join(" ")}`;
    const passages = align(here, there);
    const letters = COPIED.slice(0, -1);
    expect(places(passages, here, there)).toEqual([[letters, letters.toUpperCase()]]);
    expect(passages[0]).toMatchObject({ matchedWords: 32, words: 32, similarity: 1 });
  });

  test("of a text with itself is one passage of all its words, whatever it repeats", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(11), { minLength: 30, maxLength: 200 }),
        fc.integer({ min: 1, max: 40 }),
        (some, times) => {
          const words = Array.from({ length: times }, () => some.map((word) => `w${word}`)).flat();
          fc.pre(new Set(some).size >= 6);
          const text = words.join(" ");
          const passages = align(text, text);
          expect(places(passages, text, text)).toEqual([[text, text]]);
          expect(passages[0]).toMatchObject({ matchedWords: words.length, similarity: 1 });
        },
      ),
      { numRuns: 40 },
    );
  });

  test("finds passages of which a third of the words was changed", () => {
    const source = prose(1_000, 5);
    const changed = source
      .slice(400, 520)
      .map((word, at) => (at % 3 === 1 && at % 2 === 0 ? `otra${at}` : word));
    const here = [...prose(300, 6), ...changed, ...prose(300, 7)].join(" ");
    const [passage, ...others] = align(here, source.join(" "));
    expect(others).toEqual([]);
    expect(passage!.words).toBeGreaterThan(115);
    expect(passage!.words).toBeLessThan(125);
    expect(passage!.similarity).toBeGreaterThan(0.6);
    expect(passage!.similarity).toBeLessThan(0.9);
  });

  test("makes one passage of sentences whose order was changed", () => {
    const [a, b, c] = [prose(20, 8), prose(20, 9), prose(20, 10)];
    const here = [...prose(100, 11), ...a, ...b, ...c, ...prose(100, 12)].join(" ");
    const there = [...b, ...a, ...c].join(" ");
    const passages = align(here, there);
    expect(passages.map(({ matchedWords, words }) => [matchedWords, words])).toEqual([[60, 60]]);
  });

  test("keeps passages apart that are far apart in either text", () => {
    const [a, b] = [prose(40, 13), prose(40, 14)];
    const passages = align([...a, ...b].join(" "), [...b, ...prose(100, 15), ...a].join(" "));
    expect(passages.map(({ matchedWords }) => matchedWords)).toEqual([40, 40]);
    expect(passages[0]!.source.start).toBeGreaterThan(passages[1]!.source.end);
  });

  test("gives a word to the largest passage only, where the source repeats itself", () => {
    const whole = prose(60, 16);
    const source = [...whole.slice(20, 45), ...prose(100, 17), ...whole].join(" ");
    expect(align(whole.join(" "), source).map(({ matchedWords }) => matchedWords)).toEqual([60]);
  });

  test("finds nothing in unrelated prose, and nothing below twelve words", () => {
    for (let seed = 20; seed < 40; seed++) {
      expect(align(prose(800, seed).join(" "), prose(800, 100 + seed).join(" "))).toEqual([]);
    }
    const eleven = prose(11, 18);
    expect(align([...prose(90, 19), ...eleven].join(" "), [...eleven, ...prose(90, 20)].join(" "))).toEqual(
      [],
    );
    expect(align("", "uno dos tres")).toEqual([]);
  });

  test("takes a few shared words far apart for chance, and a table of noughts for nothing", () => {
    const pairs = Array.from({ length: 6 }, (_, at) => [`a${at}`, `b${at}`]);
    const loose = (filler: string) =>
      pairs.map(([a, b], at) => `${a} ${b} ${filler}${at} ${filler}x${at}`).join(" ");
    expect(align(loose("uno"), loose("dos"))).toEqual([]);
    expect(align("0 1 0 0 ".repeat(200), "0 0 1 0 ".repeat(200))).toEqual([]);
  });

  test("yields passages whose words agree, without overlap, in order", () => {
    const words = fc
      .array(fc.nat(7), { maxLength: 120 })
      .map((some) => some.map((word) => `w${word}`).join(" "));
    fc.assert(
      fc.property(words, words, (here, there) => {
        const [suspicious, source] = [findWords(here), findWords(there)];
        let behind = 0;
        for (const passage of alignTexts(suspicious, source)) {
          expect(passage.suspicious.start).toBeGreaterThanOrEqual(behind);
          behind = passage.suspicious.end;
          expect(passage.matchedWords).toBe(passage.runs.reduce((sum, run) => sum + run.words, 0));
          expect(passage.matchedWords).toBeGreaterThanOrEqual(12);
          for (const run of passage.runs) {
            expect(suspicious.folded.slice(run.suspicious, run.suspicious + run.words)).toEqual(
              source.folded.slice(run.source, run.source + run.words),
            );
          }
        }
      }),
    );
  });

  test.each([
    ["one word", "a "],
    ["two words", "a b "],
    ["a long period", `${prose(1_000, 30).join(" ")} `],
    [
      "rare words between a repeated one",
      Array.from({ length: 160 }, (_, at) => `r${at} ${"a ".repeat(117)}`).join(""),
    ],
  ])("ends for 300,000 words that repeat %s", (_, unit) => {
    const times = Math.ceil(300_000 / findWords(unit).count);
    const text = unit.repeat(times);
    for (const { matchedWords } of align(text, text.slice(text.length >> 1)))
      expect(matchedWords).toBeGreaterThan(11);
  });
});

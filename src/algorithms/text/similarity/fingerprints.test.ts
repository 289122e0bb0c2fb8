import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findWords } from "../words.ts";
import { everyShingle, fingerprint, GUARANTEED_RUN, SHINGLE_WORDS } from "./fingerprints.ts";

const aWord = fc.constantFrom("sol", "luna", "mar", "río", "pan", "sal", "luz");
const someWords = fc.array(aWord, { maxLength: 40 });
const textOf = (words: readonly string[]) => findWords(words.join(" "));

describe("fingerprints", () => {
  test("any run of seven words that two texts share leaves them one in common, within the run", () => {
    const run = fc.array(aWord, { minLength: GUARANTEED_RUN, maxLength: GUARANTEED_RUN });
    fc.assert(
      fc.property(
        run,
        someWords,
        someWords,
        someWords,
        someWords,
        (shared, ...[before, after, ahead, behind]) => {
          const here = fingerprint(textOf([...before, ...shared, ...after]));
          const there = fingerprint(textOf([...ahead, ...shared, ...behind]));
          const inRun = ({ hashes, wordIndices }: typeof here, start: number) =>
            [...hashes].filter((_, at) => {
              const word = wordIndices[at]!;
              return word >= start && word + SHINGLE_WORDS <= start + GUARANTEED_RUN;
            });
          const common = new Set(inRun(there, ahead.length));
          expect(inRun(here, before.length).some((hash) => common.has(hash))).toBe(true);
        },
      ),
    );
  });

  test("stand at the places of their words", () => {
    const text = "Según él, «la mar» está en calma hoy.";
    const { hashes, wordIndices, starts, ends } = everyShingle(findWords(text));
    expect([...wordIndices]).toEqual([0, 1, 2, 3, 4]);
    expect(text.slice(starts[0], ends[0])).toBe("Según él, «la mar");
    expect(text.slice(starts[4], ends[4])).toBe("está en calma hoy");
    expect(new Set(hashes).size).toBe(5);
  });

  test("are some of all shingles, two in five of prose", () => {
    const words = findWords(Array.from({ length: 5_000 }, (_, at) => `w${(at * at) % 4_999}`).join(" "));
    const every = everyShingle(words);
    const some = fingerprint(words);
    expect(some.words).toBe(5_000);
    expect(some.hashes).toEqual(some.wordIndices.map((index) => every.hashes[index]!));
    expect(some.hashes.length).toBeGreaterThan(1_800);
    expect(some.hashes.length).toBeLessThan(2_200);
  });

  test("of a word repeated for ever are one for each window", () => {
    expect(fingerprint(findWords("a ".repeat(4_003))).hashes.length).toBe(1_000);
  });

  test.each([
    ["uno dos tres", 0],
    ["uno dos tres cuatro", 1],
    ["uno dos tres cuatro cinco seis", 1],
  ])("of %j are %i", (text, count) => {
    expect(fingerprint(findWords(text)).hashes.length).toBe(count);
  });

  test("do not change from one version to the next: stored documents rest on them", () => {
    const { hashes } = everyShingle(findWords("La universidad evalúa los trabajos"));
    // Computed by another implementation of MurmurHash3.
    expect([...hashes]).toEqual([2539857963, 3995189088]);
  });
});

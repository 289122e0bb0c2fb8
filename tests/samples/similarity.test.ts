import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { alignFingerprints, alignTexts } from "../../src/algorithms/text/similarity/align.ts";
import { candidateKeys } from "../../src/algorithms/text/similarity/candidate-keys.ts";
import { everyShingle, fingerprint } from "../../src/algorithms/text/similarity/fingerprints.ts";
import type { Passage } from "../../src/algorithms/text/similarity/passages.ts";
import { findWords, type Words } from "../../src/algorithms/text/words.ts";

/** Essays of people, which stay outside the repository: skipped where they are not there. */

const SAMPLES = fileURLToPath(new URL("../../../shared/samples/integrity/", import.meta.url));

async function essays(folder: string, ending: string): Promise<Words[]> {
  const names = (await readdir(SAMPLES + folder)).filter((name) => name.endsWith(ending)).sort();
  return Promise.all(
    names.map(async (name) => findWords(await readFile(`${SAMPLES}${folder}/${name}`, "utf8"))),
  );
}

/** One list of paragraphs for each row. */
async function portugueseEssays(): Promise<Words[]> {
  const csv = await readFile(`${SAMPLES}pt-essays/essays.csv`, "utf8");
  return [...csv.matchAll(/"\[('(?:[^"]|"")*)\]"/g)].map(([, list]) =>
    findWords(list!.replaceAll("\\xa0", " ").replaceAll("', '", "\n\n")),
  );
}

const matchedIn = (passages: readonly Passage[]) =>
  passages.reduce((sum, { matchedWords }) => sum + matchedWords, 0);
const coveredBy = (passages: readonly Passage[]) => passages.reduce((sum, { words }) => sum + words, 0);
const coarse = (suspicious: Words, source: Words) =>
  alignFingerprints(everyShingle(suspicious), fingerprint(source));

/** How many of the pairs of different essays have a passage in common. */
function flaggedPairs(
  all: readonly Words[],
  align: (a: Words, b: Words) => Passage[],
): { pairs: number; flagged: number } {
  let pairs = 0;
  let flagged = 0;
  for (const [at, here] of all.entries()) {
    for (const there of all.slice(at + 1)) {
      pairs++;
      if (align(here, there).length > 0) flagged++;
    }
  }
  return { pairs, flagged };
}

describe.skipIf(!existsSync(SAMPLES))("essays of people", () => {
  it("learners' essays: the corrected version of each stands first, and passages cover most of it", async () => {
    const originals = await essays("es-essays", ".original.txt");
    const corrected = await essays("es-essays", ".corrected.txt");
    expect(originals.length).toBe(12);
    const rows = originals.map((original, at) => {
      const keys = new Set(candidateKeys(original));
      const shared = corrected.map((other) => candidateKeys(other).filter((key) => keys.has(key)).length);
      const matched = corrected.map((other) => matchedIn(alignTexts(original, other)));
      const passages = alignTexts(original, corrected[at]!);
      const kept = coarse(original, corrected[at]!);
      return {
        words: original.count,
        "first by keys": shared.indexOf(Math.max(...shared)) === at,
        "first by words": matched.indexOf(Math.max(...matched)) === at,
        "next best": Math.max(...matched.filter((_, other) => other !== at)),
        passages: passages.length,
        matched: matchedIn(passages) / original.count,
        covered: coveredBy(passages) / original.count,
        "covered, fingerprints": coveredBy(kept) / original.count,
      };
    });
    console.table(rows);
    for (const row of rows) {
      expect(row["first by keys"]).toBe(true);
      expect(row["first by words"]).toBe(true);
      expect(row["next best"]).toBe(0);
      expect(row.covered).toBeGreaterThan(0.9);
      expect(row["covered, fingerprints"]).toBeGreaterThan(0.6);
    }
  });

  it("each with itself: one passage of all its words", async () => {
    const all = [
      ...(await essays("es-essays", ".txt")),
      ...(await essays("en-human-machine/human", ".txt")),
      ...(await portugueseEssays()),
    ];
    for (const words of all) {
      expect(alignTexts(words, words).map((passage) => [passage.words, passage.similarity])).toEqual([
        [words.count, 1],
      ]);
    }
  });

  it("of different people: no passage in common", async () => {
    const groups = {
      es: await essays("es-essays", ".original.txt"),
      "es, corrected": await essays("es-essays", ".corrected.txt"),
      en: await essays("en-human-machine/human", ".txt"),
      pt: await portugueseEssays(),
      "all languages": [
        ...(await essays("es-essays", ".original.txt")),
        ...(await essays("en-human-machine/human", ".txt")),
        ...(await portugueseEssays()),
      ],
    };
    for (const [group, all] of Object.entries(groups)) {
      const texts = flaggedPairs(all, alignTexts);
      const kept = flaggedPairs(all, coarse);
      console.log(
        `${group}: ${texts.flagged} of ${texts.pairs} pairs with a passage (texts), ${kept.flagged} (fingerprints)`,
      );
      expect(texts.pairs).toBeGreaterThan(10);
      expect([texts.flagged, kept.flagged]).toEqual([0, 0]);
    }
  });
});

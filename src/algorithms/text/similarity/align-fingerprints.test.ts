import { describe, expect, test } from "vitest";
import { seededRandom } from "../../anomaly/seeded-random.ts";
import { findWords } from "../words.ts";
import { alignFingerprints } from "./align.ts";
import { packFingerprints, unpackFingerprints } from "./fingerprint-codec.ts";
import { everyShingle, fingerprint } from "./fingerprints.ts";

function prose(count: number, seed: number): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => `palabra${Math.floor(2_000 * random.uniform() ** 2)}`);
}

const align = (here: readonly string[], there: readonly string[]) =>
  alignFingerprints(
    everyShingle(findWords(here.join(" "))),
    unpackFingerprints(packFingerprints(fingerprint(findWords(there.join(" "))))),
  );

describe("the alignment with a text of which only fingerprints were kept", () => {
  const source = prose(1_000, 1);

  test("finds a copied passage, but for a few words at its ends", () => {
    const here = [...prose(300, 2), ...source.slice(400, 500), ...prose(300, 3)].join(" ");
    const there = source.join(" ");
    const [passage, ...others] = align([here], [there]);
    expect(others).toEqual([]);
    const words = here.slice(passage!.suspicious.start, passage!.suspicious.end).split(" ");
    expect(there.slice(passage!.source.start, passage!.source.end).split(" ")).toEqual(words);
    expect(words.length).toBe(passage!.words);
    expect(words.length).toBeGreaterThan(93);
    expect(source.slice(400, 500).join(" ")).toContain(words.join(" "));
    expect(passage!.similarity).toBe(1);
  });

  test("finds a passage in which every tenth word was changed", () => {
    const changed = source.slice(400, 520).map((word, at) => (at % 10 === 5 ? `otra${at}` : word));
    const [passage, ...others] = align([...prose(300, 2), ...changed], source);
    expect(others).toEqual([]);
    expect(passage!.words).toBeGreaterThan(100);
    expect(passage!.words).toBeLessThan(121);
  });

  test("of a text with itself is one passage", () => {
    expect(align(source, source).map(({ words }) => words > 990)).toEqual([true]);
  });

  test("finds nothing in unrelated prose, nor in texts too short for fingerprints", () => {
    for (let seed = 20; seed < 40; seed++) expect(align(prose(800, seed), source)).toEqual([]);
    expect(align(["uno", "dos"], ["uno", "dos"])).toEqual([]);
    expect(align([], source)).toEqual([]);
  });
});

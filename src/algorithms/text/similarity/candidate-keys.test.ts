import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findWords } from "../words.ts";
import { candidateKeys } from "./candidate-keys.ts";

const keysOf = (words: readonly string[]) => candidateKeys(findWords(words.join(" ")));
const manyWords = (count: number) => Array.from({ length: count }, (_, at) => `palabra${at}`);

describe("candidate keys", () => {
  test("are ascending, each once, about one for four words", () => {
    const keys = keysOf([...manyWords(4_000), ...manyWords(4_000)]);
    expect([...keys]).toEqual([...new Set(keys)].sort((a, b) => a - b));
    expect(keys.length).toBeGreaterThan(900);
    expect(keys.length).toBeLessThan(1_100);
  });

  test("do not depend on what stands around a passage, on short words or on the order of three words", () => {
    const passage = manyWords(200);
    const inside = keysOf(passage);
    const shuffled = passage.flatMap((word, at) => (at % 3 === 0 ? [word, "de", "la"] : [word]));
    const around = new Set(keysOf(["ayer", "llegaron", ...shuffled, "muchos", "barcos"]));
    expect([...inside].every((key) => around.has(key))).toBe(true);
    for (let seed = 0; seed < 40; seed++) {
      const [a, b, c] = [`alfa${seed}`, `beta${seed}`, `gamma${seed}`];
      expect(keysOf([a, b, c])).toEqual(keysOf([c, a, b]));
    }
  });

  test("are those of the folded words", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("Según", "AÑOS", "niños", "después", "él"), { maxLength: 30 }),
        (words) => {
          const plain = words.map((word) => word.toUpperCase().normalize("NFD").replace(/\p{M}/gu, ""));
          expect(keysOf(words)).toEqual(keysOf(plain));
        },
      ),
    );
  });

  test("of a text without three long words are none", () => {
    expect(candidateKeys(findWords("la casa de la mar y el sol"))).toEqual(new Uint32Array());
    expect(candidateKeys(findWords(""))).toEqual(new Uint32Array());
  });

  test("do not change from one version to the next: stored documents rest on them", () => {
    // Computed by another implementation of MurmurHash3.
    expect([...keysOf(manyWords(20))]).toEqual([700412204, 2349304584, 3448943196, 3734073724]);
  });
});

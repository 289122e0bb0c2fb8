import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findWords } from "../words.ts";
import { packFingerprints, unpackFingerprints } from "./fingerprint-codec.ts";
import { type Fingerprints, fingerprint } from "./fingerprints.ts";

const anyFingerprints: fc.Arbitrary<Fingerprints> = fc
  .array(
    fc.record({
      hash: fc.nat(0xffff_ffff),
      words: fc.integer({ min: 1, max: 300 }),
      start: fc.nat(100_000),
      length: fc.nat(1_000),
    }),
    { maxLength: 50 },
  )
  .map((steps) => {
    let word = -1;
    let start = 0;
    const columns = steps.map((step) => {
      word += step.words;
      start += step.start;
      return { hash: step.hash, word, start, end: start + step.length };
    });
    return {
      words: word + 4,
      hashes: Uint32Array.from(columns, ({ hash }) => hash),
      wordIndices: Uint32Array.from(columns, ({ word: index }) => index),
      starts: Uint32Array.from(columns, (column) => column.start),
      ends: Uint32Array.from(columns, ({ end }) => end),
    };
  });

describe("packed fingerprints", () => {
  test("come back as they were", () => {
    fc.assert(
      fc.property(anyFingerprints, (fingerprints) => {
        expect(unpackFingerprints(packFingerprints(fingerprints))).toEqual(fingerprints);
      }),
    );
  });

  test("take about seven bytes each", () => {
    const text = Array.from({ length: 1_000 }, (_, at) => `palabra${(at * at) % 997}`).join(" ");
    const fingerprints = fingerprint(findWords(text));
    const { length } = packFingerprints(fingerprints);
    expect(length / fingerprints.hashes.length).toBeLessThan(7.1);
  });

  test("cut short anywhere are refused", () => {
    const whole = packFingerprints(
      fingerprint(findWords("uno dos tres cuatro cinco seis siete ocho nueve diez")),
    );
    for (let length = 0; length < whole.length; length++) {
      expect(() => unpackFingerprints(whole.subarray(0, length))).toThrow(RangeError);
    }
    expect(() => unpackFingerprints(Uint8Array.of(...whole, 0))).toThrow(RangeError);
  });

  test("of any other bytes are refused, or are fingerprints in order", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (tail) => {
        let unpacked: Fingerprints;
        try {
          unpacked = unpackFingerprints(Uint8Array.of(1, ...tail));
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        const { words, wordIndices, starts, ends } = unpacked;
        for (const [at, word] of wordIndices.entries()) {
          expect(word).toBeLessThan(words);
          if (at > 0) expect(word).toBeGreaterThan(wordIndices[at - 1]!);
          expect(ends[at]!).toBeGreaterThanOrEqual(starts[at]!);
        }
      }),
    );
  });

  test.each([
    ["another format", [2, 4, 0]],
    ["more fingerprints than bytes", [1, 100, 50]],
    ["more words than any text has", [1, 0xff, 0xff, 0xff, 0xff, 0x7f, 0]],
    ["a number without end", [1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80]],
    ["two at the same word", [1, 9, 2, 1, 1, 1, 1, 0, 0, 9, 2, 2, 2, 2, 0, 0, 9]],
    ["one behind the last word", [1, 9, 1, 1, 1, 1, 1, 9, 0, 9]],
  ])("with %s are refused", (_, bytes) => {
    expect(() => unpackFingerprints(Uint8Array.from(bytes))).toThrow(RangeError);
  });
});

import { candidateKeys } from "../../src/algorithms/text/similarity/candidate-keys.ts";
import { fingerprint } from "../../src/algorithms/text/similarity/fingerprints.ts";
import { finishHash } from "../../src/algorithms/text/similarity/murmur-hash.ts";
import { hashShingles, hashWords } from "../../src/algorithms/text/similarity/word-hashes.ts";
import type { Words } from "../../src/algorithms/text/words.ts";

/** A way to choose the hashes under which documents are found. */
export interface KeyScheme {
  readonly name: string;
  readonly keysOf: (words: Words) => Uint32Array;
}

export const SCHEMES: readonly KeyScheme[] = [
  { name: "candidateKeys", keysOf: candidateKeys },
  { name: "winnowed 4-word shingles, all", keysOf: (words) => fingerprint(words).hashes },
  sampled(4, 4),
  sampled(4, 8),
  sampled(4, 16),
  sampled(3, 4),
  sampled(3, 8),
  sampled(3, 16),
  longWords(3, 4, false),
  longWords(3, 6, true),
  longWords(3, 8, true),
  longWords(2, 4, true),
  minHash(3, 64, 1),
  minHash(3, 32, 2),
];

/** Shingles whose hash `divisor` divides. */
function sampled(size: number, divisor: number): KeyScheme {
  return {
    name: `${size}-word shingles, 1 in ${divisor}`,
    keysOf: (words) => hashShingles(hashWords(words), size).filter((hash) => hash % divisor === 0),
  };
}

/** As `candidateKeys`, with other constants. */
function longWords(size: number, divisor: number, unordered: boolean): KeyScheme {
  return {
    name: `${size} long words${unordered ? " in any order" : ""}, 1 in ${divisor}`,
    keysOf: (words) => {
      const long = hashWords(words).filter((_, index) => words.folded[index]!.length >= 4);
      const shingles = unordered
        ? Uint32Array.from({ length: Math.max(0, long.length - size + 1) }, (_, first) => {
            return hashShingles(long.slice(first, first + size).sort(), size)[0]!;
          })
        : hashShingles(long, size);
      return shingles.filter((hash) => hash % divisor === 0);
    },
  };
}

/** Bands of least hashes under `bands * rows` permutations (Broder 1997). */
function minHash(size: number, bands: number, rows: number): KeyScheme {
  return {
    name: `MinHash of ${size}-word shingles, ${bands} bands of ${rows}`,
    keysOf: (words) => {
      const least = new Uint32Array(bands * rows).fill(0xffff_ffff);
      for (const hash of hashShingles(hashWords(words), size)) {
        for (let at = 0; at < least.length; at++) {
          const permuted = finishHash(hash, Math.imul(at, 0x9e37_79b9));
          if (permuted < least[at]!) least[at] = permuted;
        }
      }
      return Uint32Array.from({ length: bands }, (_, band) => {
        return hashShingles(least.slice(band * rows, (band + 1) * rows), rows)[0]! ^ band;
      });
    },
  };
}

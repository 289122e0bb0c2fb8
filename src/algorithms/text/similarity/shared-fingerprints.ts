import { type Fingerprints, SHINGLE_WORDS } from "./fingerprints.ts";
import type { WordPlaces } from "./passages.ts";
import { SeedIndex } from "./seed-index.ts";
import type { SharedRuns } from "./shared-runs.ts";

/** The runs that two texts' fingerprints share; they overlap where fingerprints do. O(fingerprints of both). */
export function findSharedFingerprints(suspicious: Fingerprints, source: Fingerprints): SharedRuns {
  const here: number[] = [];
  const there: number[] = [];
  new SeedIndex(suspicious.hashes, source.hashes).forEachPair((at, sourceAt) => {
    here.push(suspicious.wordIndices[at]!);
    there.push(source.wordIndices[sourceAt]!);
  });
  return {
    count: here.length,
    suspicious: Int32Array.from(here),
    source: Int32Array.from(there),
    lengths: new Int32Array(here.length).fill(SHINGLE_WORDS),
  };
}

/**
 * Where the words of a text lie of which only fingerprints were kept: exactly where a fingerprint begins and ends,
 * between those about there. O(words).
 */
export function placesOf({ words, wordIndices, starts, ends }: Fingerprints): WordPlaces {
  return {
    starts: interpolated(words, wordIndices, starts),
    ends: interpolated(
      words,
      wordIndices.map((index) => index + SHINGLE_WORDS - 1),
      ends,
    ),
  };
}

/** Values at some ascending indices, and between them those of a straight line. */
function interpolated(count: number, indices: Uint32Array, values: Uint32Array): Uint32Array {
  const line = new Uint32Array(count);
  let from = 0;
  let value = 0;
  for (const [at, index] of indices.entries()) {
    const step = (values[at]! - value) / Math.max(1, index - from);
    for (let between = from; between < index; between++) line[between] = value + step * (between - from);
    from = index;
    value = values[at]!;
  }
  return line.fill(value, from);
}

/** Hashes by their first word; 0 for words with which no fingerprint begins. O(words). */
export function hashesByWord({ words, hashes, wordIndices }: Fingerprints): Uint32Array {
  const byWord = new Uint32Array(words);
  for (const [at, word] of wordIndices.entries()) byWord[word] = hashes[at]!;
  return byWord;
}

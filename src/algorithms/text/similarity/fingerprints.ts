import type { Words } from "../words.ts";
import { hashShingles, hashWords } from "./word-hashes.ts";

/** Words in a row that one fingerprint stands for. */
export const SHINGLE_WORDS = 4;

/** Of so many shingles in a row one at least is kept. */
export const WINDOW = 4;

/** Any run of so many words that two texts share leaves them a fingerprint in common. */
export const GUARANTEED_RUN = SHINGLE_WORDS + WINDOW - 1;

/** Some shingles of a text, in its order: columns of the same length. Offsets are UTF-16. */
export interface Fingerprints {
  /** Words of the whole text. */
  readonly words: number;
  readonly hashes: Uint32Array;
  /** Index of the shingle's first word; ascending, each once. */
  readonly wordIndices: Uint32Array;
  /** From its first letter to behind its last. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/**
 * The shingles that stand for a text, about two in five. Texts of fewer than `SHINGLE_WORDS` words have none.
 * O(letters).
 *
 * Source: Schleimer, Wilkerson, Aiken, "Winnowing: local algorithms for document fingerprinting" (SIGMOD 2003),
 * robust winnowing; spec/integrity.md section 3a.
 */
export function fingerprint(words: Words): Fingerprints {
  const hashes = hashShingles(hashWords(words), SHINGLE_WORDS);
  return takeShingles(words, hashes, winnow(hashes));
}

/**
 * Every shingle of a text. Beside a text of which only fingerprints were kept this finds more than fingerprints on both
 * sides: a shingle that was kept there is found here whether or not winnowing would have kept it. O(letters).
 */
export function everyShingle(words: Words): Fingerprints {
  const hashes = hashShingles(hashWords(words), SHINGLE_WORDS);
  const indices = new Uint32Array(hashes.length);
  for (let index = 0; index < indices.length; index++) indices[index] = index;
  return takeShingles(words, hashes, indices);
}

function takeShingles(words: Words, hashes: Uint32Array, wordIndices: Uint32Array): Fingerprints {
  const count = wordIndices.length;
  const taken = {
    words: words.count,
    hashes: new Uint32Array(count),
    wordIndices,
    starts: new Uint32Array(count),
    ends: new Uint32Array(count),
  };
  for (let at = 0; at < count; at++) {
    const index = wordIndices[at]!;
    taken.hashes[at] = hashes[index]!;
    taken.starts[at] = words.starts[index]!;
    taken.ends[at] = words.ends[index + SHINGLE_WORDS - 1]!;
  }
  return taken;
}

/**
 * Indices of the least hash of every `WINDOW` hashes in a row (of all of them, where there are fewer). Of equal ones the
 * last, and none anew while the one kept before is still in the window: a word repeated for ever is kept once in a
 * window, not at each step.
 */
function winnow(hashes: Uint32Array): Uint32Array {
  const kept = new Uint32Array(hashes.length);
  let count = 0;
  let least = -1;
  for (let end = Math.min(WINDOW, hashes.length); end <= hashes.length && end > 0; end++) {
    const start = Math.max(0, end - WINDOW);
    if (least >= start && hashes[end - 1]! >= hashes[least]!) continue;
    if (least >= start) least = end - 1;
    else least = lastLeast(hashes, start, end);
    kept[count++] = least;
  }
  return kept.slice(0, count);
}

function lastLeast(hashes: Uint32Array, start: number, end: number): number {
  let least = start;
  for (let at = start + 1; at < end; at++) if (hashes[at]! <= hashes[least]!) least = at;
  return least;
}

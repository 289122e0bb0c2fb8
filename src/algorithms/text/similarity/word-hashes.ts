import type { Words } from "../words.ts";
import { finishHash, mixBlock } from "./murmur-hash.ts";

/**
 * One 32-bit hash for each word, of its folded form. The hashes of stored documents rest on it: it must not change.
 * O(letters).
 */
export function hashWords({ count, folded }: Words): Uint32Array {
  const hashes = new Uint32Array(count);
  for (let index = 0; index < count; index++) {
    const word = folded[index]!;
    let hash = 0;
    for (let at = 0; at < word.length; at++) hash = mixBlock(hash, word.charCodeAt(at));
    hashes[index] = finishHash(hash, 4 * word.length);
  }
  return hashes;
}

/** One 32-bit hash for every `size` words in a row, by the index of the first; empty where there are fewer. O(words x size). */
export function hashShingles(wordHashes: Uint32Array, size: number): Uint32Array {
  const shingles = new Uint32Array(Math.max(0, wordHashes.length - size + 1));
  for (let first = 0; first < shingles.length; first++) {
    let hash = size;
    for (let at = first; at < first + size; at++) hash = mixBlock(hash, wordHashes[at]!);
    shingles[first] = finishHash(hash, 4 * size);
  }
  return shingles;
}

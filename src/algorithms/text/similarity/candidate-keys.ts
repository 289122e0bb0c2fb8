import type { Words } from "../words.ts";
import { finishHash, mixBlock } from "./murmur-hash.ts";
import { hashWords } from "./word-hashes.ts";

/** Letters from which a word counts: shorter ones ("de", "the", "que") stand in every text, and are changed first. */
const LONG_WORD_LETTERS = 4;

/** One key in so many is kept: those that it divides, whatever stands around them. */
const SAMPLING = 4;

/**
 * Keys under which a document is found by others that share a passage with it: about 160 for 1,000 words, ascending,
 * each once. A key is the hash of three long words in a row, in whatever order. O(words log words).
 *
 * This was chosen by measure (bench/integrity/similarity.ts). Beside all winnowed fingerprints, 410 for 1,000 words, it
 * finds as much up to 30 % of edited words and more above; bands of MinHash do not find short passages. The keys of
 * stored documents rest on the constants: they must not change.
 */
export function candidateKeys(words: Words): Uint32Array {
  const hashes = hashWords(words).filter((_, index) => words.folded[index]!.length >= LONG_WORD_LETTERS);
  const keys = new Set<number>();
  for (let last = 2; last < hashes.length; last++) {
    const key = hashUnordered(hashes[last - 2]!, hashes[last - 1]!, hashes[last]!);
    if (key % SAMPLING === 0) keys.add(key);
  }
  return Uint32Array.from(keys).sort();
}

function hashUnordered(a: number, b: number, c: number): number {
  const least = Math.min(a, b, c);
  const most = Math.max(a, b, c);
  const between = a + b + c - least - most;
  return finishHash(mixBlock(mixBlock(mixBlock(0, least), between), most), 12);
}

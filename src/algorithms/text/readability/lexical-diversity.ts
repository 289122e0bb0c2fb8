/** Ratio of different words below which a stretch counts as one factor. */
const FACTOR = 0.72;

/** Below this many words the measure depends on the length. Source: McCarthy & Jarvis 2010, discussion. */
export const MTLD_WORDS = 100;

/**
 * Measure of textual lexical diversity: mean length of stretches that keep a ratio of different words of .72, read
 * forwards and backwards. In words; prose of adults has some 50 to 120. Source: McCarthy & Jarvis, MTLD, vocd-D, and HD-D,
 * Behavior Research Methods 42 (2010).
 *
 * @returns null under 100 words, and where no word comes twice.
 * Complexity: O(words).
 */
export function mtld(words: readonly string[]): number | null {
  if (words.length < MTLD_WORDS) return null;
  const forwards = factors(words.length, (index) => words[index]!);
  const backwards = factors(words.length, (index) => words[words.length - 1 - index]!);
  if (forwards === 0 || backwards === 0) return null;
  return (words.length / forwards + words.length / backwards) / 2;
}

/** Whole factors, and the part of one that the end holds. */
function factors(count: number, word: (index: number) => string): number {
  let complete = 0;
  let seen = new Set<string>();
  let length = 0;
  for (let index = 0; index < count; index++) {
    seen.add(word(index));
    length++;
    if (seen.size / length >= FACTOR) continue;
    complete++;
    seen = new Set();
    length = 0;
  }
  return length === 0 ? complete : complete + (1 - seen.size / length) / (1 - FACTOR);
}

/** Shares of the words that are different, and that come once only: 0..1. They fall with the text's length. */
export interface WordShares {
  readonly different: number;
  readonly once: number;
}

/** Null for no words. O(words). */
export function wordShares(words: readonly string[]): WordShares | null {
  if (words.length === 0) return null;
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  let once = 0;
  for (const count of counts.values()) if (count === 1) once++;
  return { different: counts.size / words.length, once: once / words.length };
}

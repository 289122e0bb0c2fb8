const PLAIN = /^[a-z0-9]*$/;
const MARKS = /\p{M}+/gu;

/**
 * A word as it is compared: lower case, without accents (`Según` and `SEGUN` are the same word, and so are `año` and
 * `ano`, which is no harm where several words in a row must agree).
 */
export function foldWord(word: string): string {
  const lower = word.toLowerCase();
  return PLAIN.test(lower) ? lower : lower.normalize("NFKD").replace(MARKS, "");
}

import { foldWord } from "./fold.ts";

/** Letters, digits and marks; an apostrophe or a hyphen joins two of them. */
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’·-][\p{L}\p{N}\p{M}]+)*/gu;

/**
 * Longest word that is kept whole, in UTF-16 units. What is longer is no word of any language: it is cut into pieces of
 * this length, so that a million letters in a row cost what a million letters of prose cost.
 */
const LONGEST = 100;

/** The words of a text in order: columns of the same length. Offsets are UTF-16. */
export interface Words {
  readonly count: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** As `foldWord` has them. */
  readonly folded: readonly string[];
}

/** O(length). */
export function findWords(text: string): Words {
  const starts: number[] = [];
  const ends: number[] = [];
  const folded: string[] = [];
  for (const match of text.matchAll(WORD)) {
    const until = match.index + match[0].length;
    for (let start = match.index; start < until; start += LONGEST) {
      const end = Math.min(start + LONGEST, until);
      starts.push(start);
      ends.push(end);
      folded.push(foldWord(text.slice(start, end)));
    }
  }
  return {
    count: folded.length,
    starts: Uint32Array.from(starts),
    ends: Uint32Array.from(ends),
    folded,
  };
}

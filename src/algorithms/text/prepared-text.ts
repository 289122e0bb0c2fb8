import { detectLanguage, type Language } from "./language.ts";
import { findParagraphs, findSentences } from "./sections.ts";
import type { Span } from "./span.ts";
import { findWords, type Words } from "./words.ts";

/** A text taken apart once, for every analysis. Offsets are UTF-16. */
export interface PreparedText {
  readonly text: string;
  readonly words: Words;
  readonly sentences: readonly Span[];
  readonly paragraphs: readonly Span[];
  readonly language: Language | null;
}

/** O(length). */
export function prepareText(text: string): PreparedText {
  return {
    text,
    words: findWords(text),
    sentences: findSentences(text),
    paragraphs: findParagraphs(text),
    language: detectLanguage(text),
  };
}

/** Words that begin inside a place: indices from `first` up to, not including, `last`. O(log words). */
export function wordsIn({ words }: PreparedText, span: Span): { first: number; last: number } {
  return { first: firstFrom(words.starts, span.start), last: firstFrom(words.starts, span.end) };
}

/** Index of the first value that is at least `limit`. */
function firstFrom(ascending: Uint32Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

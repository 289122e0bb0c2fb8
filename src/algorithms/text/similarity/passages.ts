import type { Span } from "../span.ts";
import { type Chaining, densityNeeded } from "./chaining.ts";
import { extentOf, matchedIn, type Run, withoutSeams } from "./runs.ts";

/** A piece of one text that stands in another as well, word for word or with changes. */
export interface Passage {
  /** Where it stands in the text under analysis, and in the other: from the first shared word to the last. */
  readonly suspicious: Span;
  readonly source: Span;
  /** Words that both have, two or more in a row in the same order. */
  readonly matchedWords: number;
  /** Words of the passage in the text under analysis, shared or not. */
  readonly words: number;
  /** Matched words of the passage's words, on the side where it is longer. 0..1. */
  readonly similarity: number;
  /** The words that both have, in the order of the text under analysis. */
  readonly runs: readonly Run[];
  /** What it was found in, for `cutPassages`. It holds both texts' words: leave it behind where a passage is kept or sent. */
  readonly alignment: Alignment;
}

/** Where the words of a text begin and end, by their index. */
export interface WordPlaces {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Two texts that are compared, and when what they share is a passage. */
export interface Alignment {
  readonly suspicious: WordPlaces;
  readonly source: WordPlaces;
  readonly chaining: Chaining;
}

/** The passage that some runs make; null where their words are too few, or too far apart. O(runs). */
export function passageOf(runs: readonly Run[], alignment: Alignment): Passage | null {
  const { suspicious, source, chaining } = alignment;
  const here = extentOf(runs, "suspicious");
  const there = extentOf(runs, "source");
  const matchedWords = matchedIn(runs);
  const words = here.last - here.first;
  const similarity = matchedWords / Math.max(words, there.last - there.first);
  if (matchedWords < chaining.minMatchedWords || similarity < densityNeeded(matchedWords, chaining))
    return null;
  return {
    suspicious: { start: suspicious.starts[here.first]!, end: suspicious.ends[here.last - 1]! },
    source: { start: source.starts[there.first]!, end: source.ends[there.last - 1]! },
    matchedWords,
    words,
    similarity,
    runs: withoutSeams(runs),
    alignment,
  };
}

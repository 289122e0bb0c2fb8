import { mergeSpans, type Span } from "../span.ts";
import { type Passage, passageOf, type WordPlaces } from "./passages.ts";
import { matchedIn, type Run, splitRuns, withoutWords } from "./runs.ts";

/**
 * Passages without what lies in excluded places of the suspicious text. They are cut on both sides, word by word; they
 * fall apart where more is missing than may lie between the words of one passage; and they go where what remains is no
 * passage by itself. O(words of the suspicious text, and n log n in the places).
 *
 * @param words of the suspicious text.
 */
export function cutPassages(
  passages: readonly Passage[],
  excluded: readonly Span[],
  words: WordPlaces,
): Passage[] {
  if (excluded.length === 0) return [...passages];
  const mask = wordsTouched(words, excluded);
  return passages.flatMap((passage) => {
    const { runs, alignment } = passage;
    const rest = withoutWords(runs, mask);
    if (matchedIn(rest) === passage.matchedWords) return [passage];
    const parted = (before: Run, after: Run) =>
      after.suspicious - (before.suspicious + before.words) > alignment.chaining.gapWords;
    return splitRuns(rest, parted).flatMap((part) => passageOf(part, alignment) ?? []);
  });
}

/** 1 for each word that has a character in one of the places. */
function wordsTouched({ starts, ends }: WordPlaces, places: readonly Span[]): Uint8Array {
  const mask = new Uint8Array(starts.length);
  let word = 0;
  for (const { start, end } of mergeSpans(places)) {
    while (word < starts.length && ends[word]! <= start) word++;
    while (word < starts.length && starts[word]! < end) mask[word++] = 1;
  }
  return mask;
}
